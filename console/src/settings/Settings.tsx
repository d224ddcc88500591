import { configurationQuery, healthQuery, versionQuery } from '../api/project';
import { number } from '../lib/text';
import { Loaded } from '../ui/Loaded';
import { Badge, Card, PageHead } from '../ui/parts';

/** How the deployment is, and what it is set to. */
export function Settings() {
  return (
    <>
      <PageHead
        title="Settings"
        about="What is in force. Variables are set in wrangler.toml, and count from the next deployment on."
      />
      <div className="columns">
        <Card title="Health">
          <Loaded query={healthQuery}>
            {({ ping, roundTrip }) => (
              <dl>
                <Line term="Service">
                  <Badge tone="good">Healthy</Badge>
                </Line>
                <Line term="Database">{ping} ms</Line>
                <Line term="From here">{roundTrip} ms</Line>
              </dl>
            )}
          </Loaded>
          <Loaded query={versionQuery}>
            {({ version, apiVersion }) => (
              <dl>
                <Line term="Version">{version}</Line>
                <Line term="API">Appwrite {apiVersion}</Line>
              </dl>
            )}
          </Loaded>
        </Card>
        <Card title="Limits">
          <Loaded query={configurationQuery}>
            {({ limits }) => (
              <dl>
                {limits.map(({ name, value, unit }) => (
                  <Line key={name} term={wordsOf(name)}>
                    <span className="nums">
                      {number(value)} {unit}
                    </span>
                  </Line>
                ))}
              </dl>
            )}
          </Loaded>
        </Card>
      </div>
      <Card title="Configuration">
        <Loaded query={configurationQuery}>
          {({ variables }) => (
            <dl>
              {variables.map(({ name, value, isSet }) => (
                <div className="row-line" key={name}>
                  <dt className="wide">
                    <code>{name}</code>
                  </dt>
                  <dd>
                    {value === '' ? <span className="muted">None</span> : <code>{value}</code>}
                    {!isSet && <Badge>default</Badge>}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </Loaded>
      </Card>
      <Card title="Reference">
        <p className="muted">
          Every call that this console makes is one of the API: <a href="/v1/reference">the reference</a>{' '}
          tells all of them, <a href="/v1/openapi.json">the OpenAPI document</a> for programs.
        </p>
      </Card>
    </>
  );
}

/** `requestBody` as people read it. */
function wordsOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Line({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="row-line">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
