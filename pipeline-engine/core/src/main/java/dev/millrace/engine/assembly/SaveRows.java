package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Answer.QueryColumn;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.model.Progress;

/// Writes rows that a person has before them into a file. Any thread may call.
///
/// @param parquet what writes Parquet files
record SaveRows(ParquetFile parquet) {

  Answer.Written answer(Question.SaveRows asked, Progress progress) {
    return ExportFile.write(
        asked.to(),
        file ->
            switch (asked.form()) {
              case CSV ->
                  CsvFile.write(
                      file,
                      progress,
                      csv -> {
                        csv.head(asked.columns().stream().map(QueryColumn::name).toList());
                        asked.rows().forEach(csv::row);
                      });
              case PARQUET ->
                  parquet.write(
                      file, asked::columns, progress, all -> asked.rows().forEach(all::row));
            });
  }
}
