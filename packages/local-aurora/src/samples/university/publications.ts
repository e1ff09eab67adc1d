import { addDays, daysBetween } from '../calendar-date.js';
import type { Random } from '../random.js';
import { type SampleTable, type SampleValue, identity } from '../sample-table.js';
import type { Project } from './projects.js';

const journals = ['Annals of Applied Science', 'Journal of Open Results', 'Letters in Measurement', 'Quarterly Review of Systems', 'Society and Method', 'Transactions on Environment'];
const forms = ['First results', 'A field study', 'Methods', 'A negative result', 'Data set and protocol', 'Long-term findings', 'A comparison with earlier work', 'Limits of the approach'];

export function publicationsTable(random: Random, projects: readonly Project[]): SampleTable {
  const rows: SampleValue[][] = [];
  for (const project of projects.filter(({ started }) => started)) {
    const days = daysBetween(project.startedOn, project.lastDay);
    const count = days < 200 ? 0 : random.integer(0, Math.min(forms.length, 1 + Math.floor(days / 220)));
    for (let index = 0; index < count; index += 1) {
      const publishedOn = addDays(project.startedOn, Math.floor((days * (index + 1)) / (count + 1)) + random.integer(0, 40));
      rows.push([rows.length + 1, project.id, `${project.name}: ${forms[index] ?? ''}`, random.pick(journals), publishedOn < project.lastDay ? publishedOn : addDays(project.lastDay, -1), random.weighted([[random.integer(0, 6), 50], [random.integer(7, 40), 38], [random.integer(41, 180), 12]])]);
    }
  }
  return {
    schema: 'research',
    name: 'publications',
    comment: 'Papers that came out of research projects.',
    columns: [
      { name: 'publication_id', definition: identity, comment: 'Key of the publication.' },
      { name: 'project_id', definition: 'integer NOT NULL', comment: 'Project it came from.' },
      { name: 'title', definition: 'text NOT NULL', comment: 'Title of the paper.' },
      { name: 'journal', definition: 'text NOT NULL', comment: 'Journal it appeared in.' },
      { name: 'published_on', definition: 'date NOT NULL', comment: 'Day of publication.' },
      { name: 'citations', definition: 'integer NOT NULL', comment: 'How often it has been cited.' },
    ],
    constraints: [
      'ADD CONSTRAINT publications_title_key UNIQUE (title)',
      'ADD CONSTRAINT publications_project_id_fkey FOREIGN KEY (project_id) REFERENCES research.projects (project_id)',
      'ADD CONSTRAINT publications_citations_check CHECK (citations >= 0)',
    ],
    rows,
  };
}
