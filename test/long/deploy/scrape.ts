/** What a scrape gave: every sample by its name and labels, as Prometheus keeps them. */
export type Scrape = ReadonlyMap<string, number>;

const JOB = 'understudy';

/** `name{labels} value`, as the text format has it. */
const SAMPLE = /^(understudy_\w+)(?:\{(.*)\})? (\S+)$/;

const seriesOf = (name: string, instance: string, labels: string): string =>
  `${name}{${[`job="${JOB}"`, `instance="${instance}"`, ...(labels ? [labels] : [])].join(',')}}`;

/** Scrapes a backend as Prometheus does, which notes as `up` whether there was an answer. */
export const scrape = async (instance: string, url: string): Promise<Scrape> => {
  const text = await fetch(url).then(
    (answer) => answer.text(),
    () => undefined,
  );
  const samples = new Map([[seriesOf('up', instance, ''), text === undefined ? 0 : 1]]);
  for (const line of (text ?? '').split('\n')) {
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    if (name !== undefined) {
      samples.set(seriesOf(name, instance, labels), Number(value));
    }
  }
  return samples;
};
