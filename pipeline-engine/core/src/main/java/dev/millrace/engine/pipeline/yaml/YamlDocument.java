package dev.millrace.engine.pipeline.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// A definition file in YAML 1.2: one document, a mapping at its top, no anchors and aliases.
///
/// Anchors and aliases are refused because a few lines of them can stand for billions of nodes, and
/// because a fault in a shared node has no one line.
public final class YamlDocument {

  /// Bytes a definition file may have.
  public static final int LARGEST = 1 << 20;

  private static final int DEEPEST = 40;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setUseMarks(true)
          .setAllowDuplicateKeys(true)
          .setAllowNonScalarKeys(true)
          .setCodePointLimit(LARGEST)
          .build();

  private YamlDocument() {}

  /// The file's top mapping, or empty after telling why there is none.
  ///
  /// @param file path as the user knows it
  public static Optional<YamlMap> read(String file, byte[] bytes, Faults faults) {
    if (bytes.length > LARGEST) {
      faults.add(
          file,
          0,
          "the file has %,d bytes".formatted(bytes.length),
          "a definition has at most %,d".formatted(LARGEST));
      return Optional.empty();
    }
    return Texts.decode(file, bytes, faults).flatMap(text -> parse(file, text, faults));
  }

  private static Optional<YamlMap> parse(String file, String text, Faults faults) {
    try {
      if (!isPlain(file, text, faults)) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        faults.add(file, 0, "the file is empty", "write the definition, or remove the file");
        return Optional.empty();
      }
      if (root.get() instanceof MappingNode mapping) {
        return Optional.of(new YamlMap(mapping, "", file, faults));
      }
      faults.add(file, 1, "the file holds no keys", "write `key: value` lines");
      return Optional.empty();
    } catch (YamlEngineException e) {
      tellSyntax(file, text, e, faults);
      return Optional.empty();
    }
  }

  /// Looks at the events before nodes are built from them, as building would follow aliases and
  /// recurse into nesting.
  private static boolean isPlain(String file, String text, Faults faults) {
    int documents = 0;
    int depth = 0;
    boolean plain = true;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      int line = event.getStartMark().map(m -> m.getLine() + 1).orElse(0);
      switch (event) {
        case DocumentStartEvent _ -> {
          documents++;
          if (documents == 2) {
            faults.add(file, line, "a second document begins", "write one document per file");
            plain = false;
          }
        }
        case NodeEvent node when node.getAnchor().isPresent() -> {
          faults.add(
              file,
              line,
              "'" + node.getAnchor().get().getValue() + "' is an anchor or alias",
              "write the values out");
          plain = false;
        }
        case CollectionStartEvent _ -> {
          depth++;
          if (depth > DEEPEST) {
            faults.add(file, line, "values nest over " + DEEPEST + " deep", "write them flatter");
            return false;
          }
        }
        case CollectionEndEvent _ -> depth--;
        default -> {}
      }
    }
    return plain;
  }

  private static void tellSyntax(String file, String text, YamlEngineException e, Faults faults) {
    if (tellTabs(file, text, faults)) {
      return;
    }
    switch (e) {
      case MarkedYamlEngineException marked -> {
        Optional<Mark> at = marked.getProblemMark().or(marked::getContextMark);
        String problem = marked.getProblem() == null ? "it ends too early" : marked.getProblem();
        faults.add(
            file,
            at.map(m -> m.getLine() + 1).orElse(0),
            "this is not YAML: " + problem.strip().replaceAll("\\s+", " "),
            at.map(m -> "mend the text at or before column " + (m.getColumn() + 1))
                .orElse("mend the text"));
      }
      case ReaderException unreadable ->
          faults.add(
              file,
              1
                  + (int)
                      text.codePoints()
                          .limit(unreadable.getPosition())
                          .filter(c -> c == '\n')
                          .count(),
              "character U+%04X is not allowed".formatted(unreadable.getCodePoint()),
              "remove it");
      default ->
          faults.add(
              file, 0, "this is not YAML: " + String.valueOf(e.getMessage()).strip(), "mend it");
    }
  }

  /// Tabs are the usual cause of a baffling syntax error, so they are told instead of it.
  private static boolean tellTabs(String file, String text, Faults faults) {
    boolean told = false;
    int line = 0;
    for (String content : text.lines().toList()) {
      line++;
      String indent = content.substring(0, content.length() - content.stripLeading().length());
      if (indent.contains("\t") && !content.isBlank()) {
        faults.add(file, line, "a tab indents the line", "indent with spaces");
        told = true;
      }
    }
    return told;
  }
}
