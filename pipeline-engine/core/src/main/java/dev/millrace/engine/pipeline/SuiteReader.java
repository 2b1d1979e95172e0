package dev.millrace.engine.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the quality suites of a definition as texts that are JSON objects; what they expect is
/// read where they are evaluated.
final class SuiteReader {

  private static final JsonFactory JSON = new JsonFactory();

  private SuiteReader() {}

  static Map<TableName, SuiteSource> suites(
      YamlMap map, Set<TableName> known, PipelineFolder folder, Faults faults) {
    Map<TableName, SuiteSource> suites = new LinkedHashMap<>();
    for (YamlMap.Entry entry : map.entries()) {
      Optional<TableName> table = TableName.parse(entry.key()).filter(known::contains);
      if (table.isEmpty()) {
        entry
            .value()
            .fault(
                "is for no table of this pipeline",
                Nearest.remedy(entry.key(), TableReader.names(known)));
      }
      Optional<String> json = TableReader.file(entry.value(), folder, faults);
      if (json.isPresent()) {
        String file = entry.value().text().orElseThrow();
        checkJson(folder.shown(file), json.get(), faults);
        table.ifPresent(t -> suites.put(t, new SuiteSource(file, json.get())));
      }
    }
    return suites;
  }

  private static void checkJson(String file, String json, Faults faults) {
    if (json.isBlank()) {
      faults.add(file, 0, "the file is empty", "write a Great Expectations suite");
      return;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        faults.add(file, 1, "the suite is no JSON object", "write {\"name\": …}");
        return;
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        faults.add(
            file,
            parser.currentTokenLocation().getLineNr(),
            "something follows the suite's object",
            "write one object per file");
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      faults.add(
          file,
          at == null ? 0 : Math.max(0, at.getLineNr()),
          "this is not JSON: " + e.getOriginalMessage(),
          "mend the text here or in the line before");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
