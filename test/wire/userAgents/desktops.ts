import { blink, browser, desktop, linux, mac, type Row, webkit, windows } from './rows';

/** Browsers on computers. */
export const desktops: readonly Row[] = [
  [
    'Chrome on Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64)${blink} Safari/537.36`,
    browser(windows, ['CH', 'Chrome', '124.0', 'Blink', '124.0.0.0'], desktop),
  ],
  [
    'Edge on Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64)${blink} Safari/537.36 Edg/124.0.2478.67`,
    browser(windows, ['PS', 'Microsoft Edge', '124.0', 'Blink', '124.0.0.0'], desktop),
  ],
  [
    'the first Edge',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763',
    browser(windows, ['PS', 'Microsoft Edge', '18.17763', 'Edge', '18.17763'], desktop),
  ],
  [
    'Internet Explorer 11 on Windows 8.1',
    'Mozilla/5.0 (Windows NT 6.3; WOW64; Trident/7.0; rv:11.0) like Gecko',
    browser(['WIN', 'Windows', '8.1'], ['IE', 'Internet Explorer', '11.0', 'Trident', '7.0'], desktop),
  ],
  [
    'Opera on Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64)${blink} Safari/537.36 OPR/109.0.5097.45`,
    browser(windows, ['OP', 'Opera', '109.0', 'Blink', '124.0.0.0'], desktop),
  ],
  [
    'Safari on a Mac',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)${webkit} Version/17.4.1 Safari/605.1.15`,
    browser(mac, ['SF', 'Safari', '17.4', 'WebKit', '605.1.15'], ['desktop', 'Apple', '']),
  ],
  [
    'Firefox on a Mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:125.0) Gecko/20100101 Firefox/125.0',
    browser(mac, ['FF', 'Firefox', '125.0', 'Gecko', '125.0'], ['desktop', 'Apple', '']),
  ],
  [
    'Firefox on Ubuntu',
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0',
    browser(['UBT', 'Ubuntu', ''], ['FF', 'Firefox', '125.0', 'Gecko', '125.0'], desktop),
  ],
  [
    'Vivaldi on Linux',
    `Mozilla/5.0 (X11; Linux x86_64)${blink} Safari/537.36 Vivaldi/6.7.3329.21`,
    browser(linux, ['VI', 'Vivaldi', '6.7', 'Blink', '124.0.0.0'], desktop),
  ],
  [
    'headless Chrome on Linux',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36',
    browser(linux, ['HC', 'Headless Chrome', '124.0', 'Blink', '124.0.0.0'], desktop),
  ],
  [
    'a Chromebook',
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)${blink} Safari/537.36`,
    browser(['COS', 'Chrome OS', '14541.0'], ['CH', 'Chrome', '124.0', 'Blink', '124.0.0.0'], desktop),
  ],
];
