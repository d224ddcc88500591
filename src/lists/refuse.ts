import { ApiError } from '../http/errors';
import { boundsOf } from './bounds';
import type { Plan } from './plan';
import { nameOf, naming, QueryProblem } from './problem';
import type { Source } from './source';

/**
 * What a page is refused with that could not be found among the rows that a call may look at.
 * @throws ApiError `general_argument_invalid`, naming the order, or else a filter or the search
 */
export function refuse(source: Source, plan: Plan, search: string | undefined): never {
  const ordered = plan.orderedBy;
  const size = `${boundsOf(source).directory.toLocaleString('en')} ${source.size?.of ?? 'rows'}`;
  const start = `In a directory of more than ${size} too few of the rows in this order fulfil the filters to be found`;
  const advice =
    'Order by an attribute that is filtered, add a filter that few rows fulfil (such as an exact value), ask for fewer rows, or drop';
  if (ordered) {
    const [index, query] = ordered;
    const name = 'attribute' in query ? `the order by "${query.attribute}"` : 'the random order';
    throw problem(index, nameOf(query), `${start}. ${advice} ${name}.`);
  }
  const [last] = plan.conditions.slice(-1);
  if (last) {
    const [index, condition] = last;
    throw problem(index, nameOf(condition), `${start}. ${advice} this filter.`);
  }
  throw new ApiError(
    'general_argument_invalid',
    `Invalid \`${search ? 'search' : 'queries'}\` param: ${start}. ${advice} it.`,
  );
}

/** @throws ApiError `general_argument_invalid`, naming the offset */
export function refuseOffset(source: Source, { offsetBy }: Plan, most: number): never {
  const { directory } = boundsOf(source);
  const of = `in a directory of more than ${directory.toLocaleString('en')} ${source.size?.of ?? 'rows'}`;
  const why = `Invalid offset: Value must be at most ${most.toLocaleString('en')} ${of}.${source.id ? ' Use a cursor.' : ''}`;
  throw problem(offsetBy?.[0] ?? 0, 'offset', why);
}

function problem(index: number, label: string, why: string): unknown {
  try {
    return naming(index, label, () => {
      throw new QueryProblem(why);
    });
  } catch (error) {
    return error;
  }
}
