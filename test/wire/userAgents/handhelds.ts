import { app, blink, browser, type Row, webkit } from './rows';

/** Browsers on phones, tablets, consoles and televisions. */
export const handhelds: readonly Row[] = [
  [
    "Chrome on an Android phone that hides its model as 'K'",
    `Mozilla/5.0 (Linux; Android 10; K)${blink} Mobile Safari/537.36`,
    browser(
      ['AND', 'Android', '10'],
      ['CM', 'Chrome Mobile', '124.0', 'Blink', '124.0.0.0'],
      ['smartphone', '', ''],
    ),
  ],
  [
    'Chrome on an Android tablet',
    `Mozilla/5.0 (Linux; Android 13; SM-X700)${blink} Safari/537.36`,
    browser(
      ['AND', 'Android', '13'],
      ['CH', 'Chrome', '124.0', 'Blink', '124.0.0.0'],
      ['tablet', 'Samsung', 'SM-X700'],
    ),
  ],
  [
    'a web view in an Android app',
    'Mozilla/5.0 (Linux; Android 14; Pixel 7 Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36',
    browser(
      ['AND', 'Android', '14'],
      ['CV', 'Chrome Webview', '124.0', 'Blink', '124.0.6367.82'],
      ['smartphone', 'Google', 'Pixel 7'],
    ),
  ],
  [
    'Samsung Browser',
    'Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36',
    browser(
      ['AND', 'Android', '13'],
      ['SB', 'Samsung Browser', '24.0', 'Blink', '117.0.0.0'],
      ['smartphone', 'Samsung', 'SM-S918B'],
    ),
  ],
  [
    'Opera on an Android phone',
    `Mozilla/5.0 (Linux; Android 10; K)${blink} Mobile Safari/537.36 OPR/81.1.4292.78446`,
    browser(
      ['AND', 'Android', '10'],
      ['OM', 'Opera Mobile', '81.1', 'Blink', '124.0.0.0'],
      ['smartphone', '', ''],
    ),
  ],
  [
    'Firefox on an Android phone',
    'Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0',
    browser(
      ['AND', 'Android', '14'],
      ['FM', 'Firefox Mobile', '125.0', 'Gecko', '125.0'],
      ['smartphone', '', ''],
    ),
  ],
  [
    'Safari on an iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X)${webkit} Version/17.4.1 Mobile/15E148 Safari/604.1`,
    browser(
      ['IOS', 'iOS', '17.4'],
      ['MF', 'Mobile Safari', '17.4', 'WebKit', '605.1.15'],
      ['smartphone', 'Apple', 'iPhone'],
    ),
  ],
  [
    'Chrome on an iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)${webkit} CriOS/124.0.6367.88 Mobile/15E148 Safari/604.1`,
    browser(
      ['IOS', 'iOS', '17.4'],
      ['CI', 'Chrome Mobile iOS', '124.0', 'WebKit', '605.1.15'],
      ['smartphone', 'Apple', 'iPhone'],
    ),
  ],
  [
    'Firefox on an iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)${webkit} FxiOS/125.0 Mobile/15E148 Safari/605.1.15`,
    browser(
      ['IOS', 'iOS', '17.4'],
      ['F1', 'Firefox Mobile iOS', '125.0', 'WebKit', '605.1.15'],
      ['smartphone', 'Apple', 'iPhone'],
    ),
  ],
  [
    'a web view in an iPhone app',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)${webkit} Mobile/15E148`,
    browser(
      ['IOS', 'iOS', '17.4'],
      ['MF', 'Mobile Safari', '', 'WebKit', '605.1.15'],
      ['smartphone', 'Apple', 'iPhone'],
    ),
  ],
  [
    'Safari on an iPad',
    `Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X)${webkit} Version/17.4 Mobile/15E148 Safari/604.1`,
    browser(
      ['IPA', 'iPadOS', '17.4'],
      ['MF', 'Mobile Safari', '17.4', 'WebKit', '605.1.15'],
      ['tablet', 'Apple', 'iPad'],
    ),
  ],
  [
    'an iPad from before iPadOS',
    'Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1',
    browser(
      ['IOS', 'iOS', '12.5'],
      ['MF', 'Mobile Safari', '12.1', 'WebKit', '605.1.15'],
      ['tablet', 'Apple', 'iPad'],
    ),
  ],
  [
    'a PlayStation 5',
    `Mozilla/5.0 (PlayStation; PlayStation 5/2.26)${webkit} Version/13.0 Safari/605.1.15`,
    browser(
      ['PS3', 'PlayStation', '5'],
      ['SF', 'Safari', '13.0', 'WebKit', '605.1.15'],
      ['console', 'Sony', 'PlayStation 5'],
    ),
  ],
  [
    'a Samsung television',
    'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/2.1 Chrome/76.0.3809.146 TV Safari/537.36',
    browser(
      ['TIZ', 'Tizen', '6.0'],
      ['SB', 'Samsung Browser', '2.1', 'Blink', '76.0.3809.146'],
      ['tv', 'Samsung', ''],
    ),
  ],
  [
    'Facebook on an iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)${webkit} Mobile/15E148 [FBAN/FBIOS;FBAV/450.0.0.38.108;FBBV/1;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.4]`,
    app(['IOS', 'iOS', '17.4'], 'Facebook', '450.0', ['smartphone', 'Apple', 'iPhone']),
  ],
];
