// Writes the route tree without starting Vite, so that the type check has it on a fresh clone.
import { Generator, getConfig } from '@tanstack/router-generator';

const root = process.cwd();
await new Generator({ config: getConfig({}, root), root }).run();
