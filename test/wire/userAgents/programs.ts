import { browser, library, linux, nothing, type Row, windows } from './rows';

/** What is no browser: apps, crawlers, libraries, SDKs and nonsense. */
export const programs: readonly Row[] = [
  [
    "an Android app that sends the system's own user agent",
    'Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7 Build/TQ3A.230805.001)',
    {
      ...nothing,
      osCode: 'AND',
      osName: 'Android',
      osVersion: '13',
      deviceName: 'smartphone',
      deviceBrand: 'Google',
      deviceModel: 'Pixel 7',
    },
  ],
  [
    "an iOS app that sends the system's own user agent",
    'MyApp/1 CFNetwork/1410.0.3 Darwin/22.6.0',
    { ...nothing, osCode: 'IOS', osName: 'iOS', deviceBrand: 'Apple' },
  ],
  [
    'a watch',
    'atc/1.0 watchOS/8.5 model/Watch6,2 hwp/t8301 build/19T242 (6; dt:235)',
    {
      ...nothing,
      osCode: 'WAS',
      osName: 'watchOS',
      osVersion: '8.5',
      deviceName: 'wearable',
      deviceBrand: 'Apple',
      deviceModel: 'watch',
    },
  ],
  [
    'a crawler that names no browser',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    nothing,
  ],
  [
    'a crawler that renders pages, as the phone it plays (whose X the parser drops)',
    'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.6367.78 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    browser(
      ['AND', 'Android', '6.0'],
      ['CM', 'Chrome Mobile', '124.0', 'Blink', '124.0.6367.78'],
      ['smartphone', 'LG', 'Nexus 5'],
    ),
  ],
  [
    'the Node SDK on Linux',
    'AppwriteNodeJSSDK/27.1.0 (linux; x64) Node.js/24',
    library('AppwriteNodeJSSDK', '27.1', linux),
  ],
  [
    'the Node SDK on Windows',
    'AppwriteNodeJSSDK/27.1.0 (win32; x64) Node.js/24',
    library('AppwriteNodeJSSDK', '27.1', ['WIN', 'Windows', '']),
  ],
  [
    'the Node SDK on a Mac',
    'AppwriteNodeJSSDK/27.1.0 (darwin; arm64) Node.js/24',
    { ...library('AppwriteNodeJSSDK', '27.1', ['MAC', 'Mac', '']), deviceBrand: 'Apple' },
  ],
  [
    'an older Node SDK on Windows',
    'AppwriteNodeJSSDK/12.0.1 (Windows_NT; Windows 10 Pro; x86_64)',
    library('AppwriteNodeJSSDK', '12.0', windows),
  ],
  [
    'the Python SDK on Ubuntu',
    'AppwritePythonSDK/22.2.0 (Linux; #45~22.04.1-Ubuntu SMP; x86_64)',
    library('AppwritePythonSDK', '22.2', ['UBT', 'Ubuntu', '']),
  ],
  [
    'the Go SDK inside Terraform',
    'Terraform/1.16.4 terraform-provider-appwrite/2.1.0 AppwriteGoSDK/v7.5.0 (linux; amd64)',
    library('AppwriteGoSDK', '7.5', linux),
  ],
  ['the Node SDK of 0.15, which names only Axios', 'axios/0.27.2', library('Axios', '0.27')],
  ["Node's own fetch", 'node', library('Node.js', '')],
  ['undici', 'undici', library('undici', '')],
  ['curl', 'curl/8.5.0', library('curl', '8.5')],
  ['OkHttp', 'okhttp/4.12.0', library('OkHttp', '4.12')],
  ['Python Requests', 'python-requests/2.31.0', library('Python Requests', '2.31')],
  ['aiohttp, which comes second', 'Python/3.11 aiohttp/3.9.1', library('aiohttp', '3.9')],
  ['Dart', 'Dart/3.3 (dart:io)', library('Dart', '3.3')],
  ['Guzzle', 'GuzzleHttp/7', library('Guzzle (PHP HTTP Client)', '7')],
  ['Go', 'Go-http-client/2.0', library('Go-http-client', '2.0')],
  ['Postman', 'PostmanRuntime/7.37.3', library('Postman Desktop', '7.37')],
  ['nothing', '', nothing],
  ['blanks', '   ', nothing],
  ['garbage', '%00\u0000<script>alert(1)</script> \ud800 constructor/1 __proto__/2', nothing],
  ['10,000 characters', 'x'.repeat(10_000), nothing],
];
