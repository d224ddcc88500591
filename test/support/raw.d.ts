/** A file's text, imported as it is. */
declare module '*?raw' {
  const text: string;
  export default text;
}

/** Files by their paths, by Vite. */
interface ImportMeta {
  glob<Module>(pattern: string, options: { eager: true }): Readonly<Record<string, Module>>;
}
