package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Answer.QueryColumn;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.model.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Writes rows that a person has before them into a file. Any thread may call.
///
/// @param parquet what writes Parquet files
record SaveRows(ParquetFile parquet) {

  Answer.Written answer(Question.SaveRows asked, Progress progress) {
    long begun = System.nanoTime();
    try {
      Path file = CsvFile.place(asked.to());
      long rows =
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
          };
      return new Answer.Written(
          file, rows, Files.size(file), Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException e) {
      throw CsvFile.notWritten(asked.to(), e);
    }
  }
}
