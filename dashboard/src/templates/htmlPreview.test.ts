import { expect, test } from 'vitest';
import { previewDocument } from './htmlPreview';

test('nothing in a preview runs, loads or leads anywhere', () => {
  const shown = previewDocument(
    '<p onclick="x()">Hi <a href="https://example.com">there</a><script>x()</script>' +
      '<img src="https://example.com/x.png" alt="us"><form action="/x"></form></p>',
  );
  expect(shown).toContain('<a>there</a>');
  expect(shown).toContain('alt="us"');
  for (const gone of ['script', 'onclick', 'href', 'https:', 'form']) expect(shown).not.toContain(gone);
});

test('styles of attributes become a sheet that the page’s policy admits', () => {
  const shown = previewDocument('<style>p{margin:0}</style><p style="color: red">Hi</p>');
  expect(shown).toContain('p{margin:0}');
  expect(shown).toContain('[data-styled="1"]{color: red}');
  expect(shown).toContain('<p data-styled="1">');
  expect(shown).not.toContain(' style=');
});

test('a style fetches nothing and ends nowhere early', () => {
  const shown = previewDocument('<p style="background: url(https://example.com/x.png)">Hi</p>');
  expect(shown).not.toContain('example.com');
});

test('the document has a policy of its own, before anything else', () => {
  const shown = previewDocument(
    '<style>p{background:image-set("https://example.com/x.png" 1x)}</style><p>Hi</p>',
  );
  expect(shown).toMatch(
    /^<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:;/,
  );
});

test('words stay as they are', () => {
  expect(previewDocument('<p>my style = <b title=">">plain</b></p>')).toContain('my style = ');
});
