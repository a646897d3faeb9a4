/** The first lines of a file, as far as one must see them to start its import. The server reads the file for real. */
export interface CsvPreview {
  header: string[];
  rows: string[][];
}

const ROWS = 5;
const DELIMITERS = [',', ';', '\t', '|'];

function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === '"' && isQuoted && line[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (char === '"') {
      isQuoted = !isQuoted;
    } else if (char === delimiter && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else {
      cell += char;
    }
  }
  return [...cells, cell];
}

/** The header and the first rows of a CSV text; a byte order mark is no part of its first name. */
export function previewCsv(text: string): CsvPreview {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/, ROWS + 1);
  const widest = DELIMITERS.map((delimiter) => ({ delimiter, cells: cellsOf(first, delimiter) })).reduce(
    (a, b) => (b.cells.length > a.cells.length ? b : a),
  );
  const rows = lines.filter((line) => line !== '').map((line) => cellsOf(line, widest.delimiter));
  return { header: widest.cells, rows };
}
