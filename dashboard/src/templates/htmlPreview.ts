import { styleNonce } from '../api/pageMeta';

/** What loads, runs or frames something. The sandbox and the policy forbid all of it; what is not there is not complained of. */
const REMOVED =
  'script, link, meta, base, iframe, frame, object, embed, video, audio, source, track, svg, math, noscript, template, form';
const KEPT =
  /^(?:align|alt|aria-[\w-]+|bgcolor|border|cell(?:padding|spacing)|class|col(?:or|span)|dir|face|height|id|lang|role|rowspan|size|title|valign|width)$/;
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

/**
 * A document to show what HTML looks like, for an `<iframe sandbox="">`. Nothing in it runs or is fetched, and links lead nowhere.
 * A policy of its own admits sheets of this nonce and pictures in the text alone, and the page's holds inside too: styles of attributes
 * become a sheet.
 */
export function previewDocument(html: string): string {
  const { body, head } = new DOMParser().parseFromString(withoutInlineCode(html), 'text/html');
  const sheets = [...head.querySelectorAll('style'), ...body.querySelectorAll('style')].map((style) => {
    style.remove();
    return style.textContent ?? '';
  });
  for (const element of body.querySelectorAll(REMOVED)) element.remove();
  for (const element of [body, ...body.querySelectorAll('*')]) {
    const style = element.getAttribute('data-style');
    if (style !== null) sheets.push(`[data-styled="${sheets.length}"]{${style}}`);
    for (const { name, value } of [...element.attributes]) {
      const isPicture = name === 'src' && value.startsWith('data:image/');
      if (!isPicture && !KEPT.test(name)) element.removeAttribute(name);
    }
    if (style !== null) element.setAttribute('data-styled', String(sheets.length - 1));
  }
  const policy = `default-src 'none'; img-src data:; style-src 'nonce-${styleNonce}'`;
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><style nonce="${styleNonce}">${sheets.map(withoutFetches).join('\n')}</style>${body.outerHTML}`;
}

/** Styles and handlers of tags under another name, or the policy would report each of them while the text is read. */
function withoutInlineCode(html: string): string {
  return html.replace(TAG, (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, '$1data-$2'));
}

/** A sheet that fetches nothing, and does not end the element it stands in. */
function withoutFetches(css: string): string {
  return css.replace(/@import[^;]*;?|url\([^)]*\)?|<\//gi, '');
}
