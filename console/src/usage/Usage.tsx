import { getRouteApi, Link } from '@tanstack/react-router';
import { failuresQuery, RANGES, usageQuery } from '../api/project';
import { number } from '../lib/text';
import { Loaded } from '../ui/Loaded';
import { Card, PageHead } from '../ui/parts';
import { Chart } from './Chart';

const route = getRouteApi('/usage');

const RANGE_NAMES = { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' } as const;

type Points = readonly { readonly value: number; readonly date: string }[];

const sum = (points: Points) => points.reduce((total, { value }) => total + value, 0);

/** A total at the end of each period, told backwards from the one of now. */
function runningTotals(total: number, changes: Points): Points {
  let after = total;
  return changes
    .toReversed()
    .map(({ date, value }) => {
      const point = { date, value: after };
      after -= value;
      return point;
    })
    .toReversed();
}

/** What happened over time. */
export function Usage() {
  const { range = '30d' } = route.useSearch();
  return (
    <>
      <PageHead title="Usage" about="Counted as it happens.">
        <nav className="segments" aria-label="Range">
          {RANGES.map((one) => (
            <Link
              key={one}
              to="/usage"
              search={{ range: one }}
              aria-current={one === range ? 'page' : undefined}
            >
              {RANGE_NAMES[one]}
            </Link>
          ))}
        </nav>
      </PageHead>
      <Loaded query={usageQuery(range)}>
        {(usage) => (
          <div className="columns">
            <Figure
              title="Users"
              value={usage.usersTotal}
              about="in all"
              points={runningTotals(usage.usersTotal, usage.users)}
              isTotal
            />
            <Figure
              title="New users"
              value={sum(usage.users)}
              about={`in ${RANGE_NAMES[range]}, less deleted ones`}
              points={usage.users}
            />
            <Figure
              title="Sessions"
              value={sum(usage.sessions)}
              about={`begun in ${RANGE_NAMES[range]} by sign-ins and servers; ${number(usage.sessionsTotal)} live now`}
              points={usage.sessions}
            />
            <Loaded query={failuresQuery(range)}>
              {({ total, failures }) => (
                <Figure
                  title="Failures"
                  value={total}
                  about={`sign-ins and second factors refused in ${RANGE_NAMES[range]}`}
                  points={failures}
                />
              )}
            </Loaded>
          </div>
        )}
      </Loaded>
    </>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: number;
  readonly about: string;
  readonly points: Points;
  readonly isTotal?: boolean;
}

function Figure({ title, value, about, points, isTotal = false }: FigureProps) {
  return (
    <Card title={title}>
      <p className="figure">
        <strong className="nums">{number(value)}</strong> <span className="muted">{about}</span>
      </p>
      <Chart title={title} points={points} isTotal={isTotal} />
    </Card>
  );
}
