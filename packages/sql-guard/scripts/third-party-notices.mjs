// The licences of what the build puts inside this package: others' code keeps its copyright notice.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const embedded = ['zod', 'libpg-query-16', 'libpg-query-17', 'libpg-query-18'];

/** @param {string} folder where the build is */
export function writeThirdPartyNotices(folder) {
  const notices = embedded.map((name) => {
    const manifest = require.resolve(`${name}/package.json`);
    const { name: published, version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return `${published} ${version}\n\n${readFileSync(new URL('LICENSE', `file://${manifest}`), 'utf8').trim()}\n`;
  });
  writeFileSync(`${folder}/THIRD-PARTY-NOTICES.txt`, `This package contains:\n\n${notices.join('\n--------\n\n')}`);
}
