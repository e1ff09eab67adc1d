/**
 * A test runner for Stryker that judges mutants in the process that loaded them. Stryker's own vitest runner starts a worker for every
 * mutant, which costs a hundred times as much as the tests that kill it. The modules stay loaded from mutant to mutant, so the runner
 * guards against what one mutant leaves in a module's memory: a failing test must pass again without the mutant, else everything is
 * evaluated anew and judged again; and a mutant that only few tests reach, which is how code looks whose result is remembered,
 * is judged again with fresh modules before it counts as a survivor.
 */
import { createServer, createServerModuleRunner } from 'vite';
import { fileURLToPath } from 'node:url';

const collector = fileURLToPath(new URL('./vitest-in-process.mjs', import.meta.url));
/** Tests that reach a mutant; with so few of them its result may have been remembered from a test before. */
const FEW = 40;
const stays = /\/src\/(?:grammar|catalog|policy|input|verdict)\/|vitest-in-process/;

/** Every guard of one major shares one parser: making an instance costs as much as a hundred statements. */
const oneParserEach = {
  name: 'one-parser-each',
  transform: (code, id) =>
    id.endsWith('/grammar/load-parser.ts')
      ? `${code.replace('export async function loadParser', 'async function newParser')}
const kept = new Map();
export const loadParser = (major) => kept.get(major) ?? kept.set(major, newParser(major)).get(major);`
      : null,
};

class MutationRunner {
  #files;
  #server;
  #modules;
  /** Tests by file, of the modules that are evaluated now. */
  #loaded = new Map();

  constructor(options) {
    this.#files = options.inProcess.testFiles;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    process.env.ASK_AURORA_GUARD_VERSIONS = '17';
    this.#server = await createServer({
      configFile: false,
      root: process.cwd(),
      logLevel: 'error',
      appType: 'custom',
      optimizeDeps: { noDiscovery: true },
      server: { middlewareMode: true, hmr: false, ws: false, watch: null },
      plugins: [oneParserEach],
      resolve: { alias: { vitest: collector } },
      ssr: { resolve: { conditions: ['@ask-aurora/source'], externalConditions: ['@ask-aurora/source'] } },
    });
    this.#modules = createServerModuleRunner(this.#server.environments.ssr, { hmr: false, sourcemapInterceptor: false });
  }

  async dispose() {
    await this.#modules?.close();
    await this.#server?.close();
  }

  /** Forgets every module that a mutant may have been remembered in. */
  #forget() {
    this.#loaded.clear();
    const { evaluatedModules } = this.#modules;
    for (const [id, module] of evaluatedModules.idToModuleMap) if (!stays.test(id)) evaluatedModules.invalidateModule(module);
  }

  /** The tests of one judging file, with unique ids. */
  async #tests(file) {
    const known = this.#loaded.get(file);
    if (known !== undefined) return known;
    const { takeTests } = await this.#modules.import(collector);
    await this.#modules.import(`${process.cwd()}/${file}`);
    const seen = new Map();
    const tests = takeTests().map(({ name, run }) => {
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return { id: `${file}#${name}${times === 1 ? '' : ` (${String(times)})`}`, name, run };
    });
    this.#loaded.set(file, tests);
    return tests;
  }

  async dryRun() {
    const stryker = (globalThis.__stryker__ ??= {});
    stryker.activeMutant = undefined;
    const results = [];
    this.#forget();
    for (const file of this.#files) {
      for (const { id, name, run } of await this.#tests(file)) {
        stryker.currentTestId = id;
        const start = performance.now();
        const failure = await outcome(run);
        results.push({ id, name, fileName: file, timeSpentMs: Math.round(performance.now() - start), ...(failure === null ? { status: 0 } : { status: 1, failureMessage: failure }) });
      }
      stryker.currentTestId = undefined;
    }
    stryker.currentTestId = undefined;
    return { status: 'complete', tests: results, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ testFilter, activeMutant, hitLimit, mutantActivation }) {
    const judge = (fresh) => this.#judge({ fresh, static: mutantActivation === 'static', mutant: activeMutant.id, hitLimit, filter: testFilter === undefined ? null : new Set(testFilter) });
    const first = await judge(false);
    const few = testFilter !== undefined && testFilter.length <= FEW;
    const result = first.status === 'doubtful' || (first.status === 'survived' && few) ? await judge(true) : first;
    if (result.status === 'timeout' || few || mutantActivation === 'static') this.#forget();
    return result;
  }

  async #judge({ fresh, static: isStatic, mutant, hitLimit, filter }) {
    const stryker = (globalThis.__stryker__ ??= {});
    stryker.hitCount = 0;
    stryker.hitLimit = hitLimit;
    if (fresh || isStatic) this.#forget();
    const files = filter === null ? this.#files : this.#files.filter((file) => [...filter].some((id) => id.startsWith(`${file}#`)));
    let ran = 0;
    for (const file of files) {
      stryker.activeMutant = isStatic ? mutant : null;
      const tests = await this.#tests(file);
      const chosen = filter === null || fresh ? tests : tests.filter(({ id }) => filter.has(id));
      for (const { id, run } of chosen) {
        stryker.activeMutant = mutant;
        const failure = await outcome(run);
        ran += 1;
        if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: `Hit limit reached (${String(stryker.hitCount)}/${String(hitLimit)})` };
        if (failure === null) continue;
        stryker.activeMutant = null;
        if (!fresh && !isStatic && (await outcome(run)) !== null) return { status: 'doubtful' };
        return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests: ran };
      }
    }
    return { status: 'survived', nrOfTests: ran };
  }
}

async function outcome(run) {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const createRunner = (options) => new MutationRunner(options);
createRunner.inject = ['options'];
export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: createRunner }];
export const strykerValidationSchema = {
  properties: { inProcess: { type: 'object', required: ['testFiles'], properties: { testFiles: { type: 'array', items: { type: 'string' } } } } },
};
