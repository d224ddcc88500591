/**
 * Names of what has no short code in matomo/device-detector: apps, HTTP libraries and brands.
 * Keys are in lower case.
 */
type Names = ReadonlyMap<string, string>;

/** Apps that ua-parser-js reports as browsers, because they show pages in a web view of their own. */
export const mobileApps: Names = new Map([
  ['facebook', 'Facebook'],
  ['instagram', 'Instagram'],
  ['snapchat', 'Snapchat'],
  ['twitter', 'Twitter'],
  ['linkedin', 'LinkedIn'],
  ['tiktok', 'TikTok'],
  ['wechat', 'WeChat'],
  ['weibo', 'Sina Weibo'],
  ['line', 'Line'],
  ['kakaotalk', 'KakaoTalk'],
  ['kakaostory', 'KakaoStory'],
  ['naver', 'NAVER'],
  ['daum', 'Daum'],
  ['alipay', 'Alipay'],
  ['klarna', 'Klarna'],
  ['gsa', 'Google Search App'],
]);

/** HTTP libraries and runtimes by the product token they send (RFC 9110 section 10.1.5). */
export const libraries: Names = new Map([
  ['aiohttp', 'aiohttp'],
  ['apache-httpclient', 'Apache HTTP Client'],
  ['axios', 'Axios'],
  ['bun', 'Bun'],
  ['cloudflare-workers', 'Cloudflare Workers'],
  ['curl', 'curl'],
  ['dart', 'Dart'],
  ['deno', 'Deno'],
  ['faraday', 'Faraday'],
  ['go-http-client', 'Go-http-client'],
  ['got', 'got'],
  ['guzzle', 'Guzzle (PHP HTTP Client)'],
  ['guzzlehttp', 'Guzzle (PHP HTTP Client)'],
  ['httpie', 'HTTPie'],
  ['insomnia', 'Insomnia REST Client'],
  ['java', 'Java'],
  ['java-http-client', 'Java HTTP Client'],
  ['ktor-client', 'Ktor'],
  ['libcurl', 'curl'],
  ['libwww-perl', 'Perl'],
  ['node', 'Node.js'],
  ['node-fetch', 'Node Fetch'],
  ['node.js', 'Node.js'],
  ['okhttp', 'OkHttp'],
  ['postmanruntime', 'Postman Desktop'],
  ['python-httpx', 'HTTPX'],
  ['python-requests', 'Python Requests'],
  ['python-urllib', 'Python urllib'],
  ['python-urllib3', 'Python urllib'],
  ['reqwest', 'reqwest'],
  ['restsharp', 'RestSharp'],
  ['ruby', 'ruby'],
  ['symfony', 'Symfony'],
  ['undici', 'undici'],
  ['wget', 'Wget'],
]);

/** Brands ua-parser-js spells differently. */
export const brands: Names = new Map([
  ['asus', 'Asus'],
  ['blackberry', 'RIM'],
  ['facebook', 'Oculus'],
  ['generic', ''],
  ['tecno', 'Tecno Mobile'],
]);

/** Kinds of device by ua-parser-js's `device.type`. */
export const deviceTypes: Names = new Map([
  ['mobile', 'smartphone'],
  ['tablet', 'tablet'],
  ['console', 'console'],
  ['smarttv', 'tv'],
  ['wearable', 'wearable'],
]);

/**
 * Models ua-parser-js reports that are none: a Mac names no model, and `K` stands for every Android
 * device in Chrome's reduced user agent.
 */
export const notModels: ReadonlySet<string> = new Set(['Macintosh', 'K']);
