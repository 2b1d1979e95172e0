package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.event.FieldSuggestion;
import dev.millrace.engine.event.SuggestFields;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Offers the fields of no column that the newest Bronze rows of a feed hold. Any thread may call.
final class OfferFields {

  private final Lake lake;
  private final SqlEngine sql;

  OfferFields(Lake lake, SqlEngine sql) {
    this.lake = lake;
    this.sql = sql;
  }

  /// @param rows look at so many of the newest rows that hold such fields
  Outcome.Suggestions of(Feed feed, int rows) {
    Optional<LakeTable> bronze = lake.find(feed.bronze());
    List<LakeFile> files = bronze.map(table -> newest(table, rows)).orElse(List.of());
    SuggestFields guess = new SuggestFields(feed);
    if (!files.isEmpty()) {
      try (SqlSession session = sql.session()) {
        session.view("bronze", bronze.orElseThrow().schema(), files);
        session.forEachRow(
            "SELECT _extra FROM bronze WHERE _extra IS NOT NULL"
                + " ORDER BY ingestion_time DESC NULLS LAST, kafka_offset DESC NULLS LAST LIMIT "
                + rows,
            row -> guess.read(String.valueOf(row.get(0))));
      }
    }
    List<FieldSuggestion> found = guess.suggestions();
    long offered = found.stream().filter(s -> s.type().isPresent()).count();
    String summary =
        found.isEmpty()
            ? "No event of %s brings a field of no column".formatted(feed.name())
            : "%,d of %,d fields of no column can become columns of %s%s"
                .formatted(
                    offered,
                    found.size(),
                    feed.name(),
                    guess.passedOver()
                        ? "; more than 1,000 came, and the rest is not looked at"
                        : "");
    return new Outcome.Suggestions(summary, feed.name(), guess.events(), found);
  }

  /// Files with such fields, those that came last first, until they hold so many rows.
  private static List<LakeFile> newest(LakeTable table, int rows) {
    List<LakeFile> files =
        table.snapshot().files().stream()
            .filter(f -> held(f) > 0)
            .sorted(Comparator.comparingLong(OfferFields::arrival).reversed())
            .toList();
    List<LakeFile> wanted = new ArrayList<>();
    long held = 0;
    for (LakeFile file : files) {
      if (held >= rows) {
        break;
      }
      held += held(file);
      wanted.add(file);
    }
    return wanted;
  }

  /// A file from before the column was there has no statistics of it.
  private static long held(LakeFile file) {
    ColumnStatistics extra = file.statistics().get(Feed.EXTRA.name());
    return extra == null ? 0 : file.rows() - extra.nulls();
  }

  private static long arrival(LakeFile file) {
    ColumnStatistics arrival = file.statistics().get(Feed.INGESTION_TIME.name());
    return arrival != null && arrival.max().orElse(null) instanceof Long micros
        ? micros
        : Long.MIN_VALUE;
  }
}
