/** A text file, bundled as it is: not parsed when the Worker starts, as JSON would be. */
declare module '*.txt' {
  const text: string;
  export default text;
}
