declare namespace Cloudflare {
  interface Env {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[];
  }
}

/** A file as it is, by Vite. */
declare module '*?raw' {
  const text: string;
  export default text;
}
