import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Endpoint } from '../http/endpoint';
import { variantsOf } from '../http/errors';
import { BASE_PATH, errorsOf, ruleOf } from '../http/openapi';
import type { Context } from '../request/context';

/**
 * The API reference as one static page: no script, nothing fetched from elsewhere, so that it reads the same offline.
 */
export function referencePage(endpoints: readonly Endpoint<Context>[]): string {
  const sections = endpoints.map(section).join('\n');
  const links = endpoints
    .map((endpoint) => `<li><a href="#${anchor(endpoint)}">${title(endpoint)}</a></li>`)
    .join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>edge-users: API reference</title>
<style>${STYLE}</style>
<main>
<h1>edge-users: API reference</h1>
<p>The same as <a href="${BASE_PATH}/openapi.json">an OpenAPI 3.1 document</a>.
Send your API key as <code>X-Appwrite-Key</code>; parameters go into the query string of a GET and into a JSON or form
body otherwise.</p>
<ul>
${links}
</ul>
${sections}
</main>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
code { font-family: ui-monospace, monospace; font-size: .9em }
h2 { margin-top: 2.5rem; font-size: 1.1rem; border-top: 1px solid #8886; padding-top: 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884 }
`;

/** What a browser is told the style sheet's text must hash to: SHA-256, base64. */
export function styleHash(): string {
  return btoa(String.fromCharCode(...sha256(utf8ToBytes(STYLE))));
}

function section(endpoint: Endpoint<Context>): string {
  const { params, query, body, rows: many, scopes, status, model } = endpoint;
  const rows = [
    ...parameterRows('path', params),
    ...parameterRows('query', query),
    ...parameterRows('body', body),
    ...parameterRows('row', many?.row ?? {}),
  ].join('\n');
  const table =
    rows && `<table>\n<tr><th>Parameter</th><th>In</th><th></th><th>Rule</th></tr>\n${rows}\n</table>`;
  const errors = errorsOf(endpoint)
    .flatMap(variantsOf)
    .map(({ status, type }) => `<code>${status} ${type}</code>`);
  return `<h2 id="${anchor(endpoint)}">${title(endpoint)}</h2>
<p>${escapeHtml(endpoint.summary)}. Scope: ${scopes.map((scope) => `<code>${scope}</code>`).join(' or ') || 'none'}.
Answers ${status}${model === null ? '' : ` with <code>${model.name}</code>`}.</p>
${table}
<p>Errors: ${[...new Set(errors)].join(', ')}.</p>`;
}

function parameterRows(place: string, entries: Endpoint<Context>['params']): string[] {
  return Object.entries(entries).map(([name, schema]) => {
    const need = schema.type === 'optional' ? 'optional' : 'required';
    return `<tr><td><code>${name}</code></td><td>${place}</td><td>${need}</td><td>${escapeHtml(ruleOf(schema))}</td></tr>`;
  });
}

function title({ method, path }: Endpoint<Context>): string {
  return `<code>${method} ${(BASE_PATH + path).replace(/:(\w+)/g, '{$1}')}</code>`;
}

function anchor({ method, path }: Endpoint<Context>): string {
  return `${method}${path.replace(/\W+/g, '-')}`.toLowerCase();
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
