package dev.millrace.engine.warehouse.redshift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.warehouse.LoadArea;
import java.util.List;

/// The list of files that a COPY reads. Each must be there, and has the size which the Delta log
/// tells: Redshift asks for it of Parquet files.
final class Manifest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifest() {}

  static String of(LakeTable table, List<LakeFile> files, LoadArea.Stage stage) {
    ObjectNode manifest = JSON.createObjectNode();
    ArrayNode entries = manifest.putArray("entries");
    for (LakeFile file : files) {
      ObjectNode entry = entries.addObject();
      entry.put("url", stage.address(table, file));
      entry.put("mandatory", true);
      entry.putObject("meta").put("content_length", file.bytes());
    }
    return manifest.toPrettyString();
  }
}
