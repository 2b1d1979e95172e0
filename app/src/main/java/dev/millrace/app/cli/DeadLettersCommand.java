package dev.millrace.app.cli;

import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.SqlSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace deadletters ls|show`: events that could not be decoded. Needs no services.
@Command(name = "deadletters", description = "Look at the events that could not be decoded.")
final class DeadLettersCommand {

  private static final int SHOWN_BYTES = 400;

  @ParentCommand private Millrace millrace;

  @Command(name = "ls", description = "How many there are by feed and reason.")
  int ls(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline) {
    List<Map<String, Object>> rows =
        perFeed(
            pipeline,
            table ->
                "select reason, count(*) as dead_letters, min(seen_at) as first_seen, max(seen_at)"
                    + " as last_seen from "
                    + table
                    + " group by reason order by dead_letters desc, reason");
    millrace.output().table("reasons", rows);
    return 0;
  }

  @Command(name = "show", description = "The newest ones with their bytes and the fault's place.")
  int show(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "10",
              description = "At most N per feed (default: ${DEFAULT-VALUE}).")
          int limit) {
    List<Map<String, Object>> rows =
        perFeed(
            pipeline,
            table ->
                "select kafka_partition, kafka_offset, reason, detail, position, raw from "
                    + table
                    + " order by seen_at desc, kafka_partition, kafka_offset desc limit "
                    + Math.max(1, limit));
    millrace.output().table("dead_letters", rows);
    return 0;
  }

  private interface Query {
    String over(String table);
  }

  private List<Map<String, Object>> perFeed(String pipeline, Query query) {
    List<Map<String, Object>> all = new ArrayList<>();
    try (LakeSession lakes = LakeSession.open(millrace, pipeline);
        SqlSession session = lakes.sqlWithViews()) {
      for (Feed feed : lakes.pipeline().feeds()) {
        if (lakes.lake().find(feed.deadLetters()).isEmpty()) {
          continue;
        }
        String view = feed.deadLetters().toString().replace('.', '_');
        for (Map<String, Object> row : session.rows(query.over(view))) {
          Map<String, Object> printed = new LinkedHashMap<>();
          printed.put("feed", feed.name());
          row.forEach((column, value) -> printed.put(column, printable(value)));
          all.add(printed);
        }
      }
    }
    return all;
  }

  private static Object printable(Object value) {
    return switch (value) {
      case null -> "";
      case byte[] bytes -> {
        String text = new String(bytes, StandardCharsets.UTF_8);
        yield text.length() <= SHOWN_BYTES ? text : text.substring(0, SHOWN_BYTES) + "…";
      }
      case Number number -> number;
      default -> value.toString();
    };
  }
}
