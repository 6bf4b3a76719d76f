/**
 * What happened at the desk, counted: nothing here belongs to a person. `measure` and `mark` say what is counted:
 * `enrolled`; `first-shot` (the first picture was kept); `seconds`, `mark` being whole seconds from the first reading of
 * the card to the seal; `comparison`, `mark` being its band; `retake`, `mark` being its reason; `discarded`. `day` is the
 * day in China. A year of 100 000 enrolments makes some ten thousand rows, found by their days.
 *
 * Records that are older than the counting give what they hold: their seconds begin with the last reading of the card,
 * and of their comparisons only the last one is known.
 */
export const enrolmentFigures = `
  CREATE TABLE enrolment_figures (
    project_code TEXT NOT NULL,
    day TEXT NOT NULL,
    team_name TEXT NOT NULL,
    operator TEXT NOT NULL,
    measure TEXT NOT NULL,
    mark TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (project_code, day, team_name, operator, measure, mark)
  ) STRICT, WITHOUT ROWID;

  CREATE TEMP TABLE sealed_before AS
    SELECT project_code, date(sealed_at, '+8 hours') AS day, team_name, seconds, photo_attempt, band,
      coalesce((SELECT actor FROM audit WHERE subject = records.id AND action = 'record.sealed' LIMIT 1), '') AS operator
    FROM records WHERE supersedes IS NULL AND origin IS NULL;

  INSERT INTO enrolment_figures
    SELECT project_code, day, team_name, operator, 'enrolled', '', count(*) FROM sealed_before GROUP BY 1, 2, 3, 4
    UNION ALL SELECT project_code, day, team_name, operator, 'first-shot', '', count(*) FROM sealed_before
      WHERE photo_attempt = 1 GROUP BY 1, 2, 3, 4
    UNION ALL SELECT project_code, day, team_name, operator, 'seconds',
      CAST(min(max(round(seconds), 0), 3600) AS INTEGER) AS mark, count(*) FROM sealed_before GROUP BY 1, 2, 3, 4, mark
    UNION ALL SELECT project_code, day, team_name, operator, 'comparison', band, count(*) FROM sealed_before
      GROUP BY 1, 2, 3, 4, band;
  DROP TABLE sealed_before;
`;
