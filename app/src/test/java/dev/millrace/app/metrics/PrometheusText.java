package dev.millrace.app.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text in Prometheus's format 0.0.4, read strictly: everything that breaks the format or the
/// naming rules of its documentation is a problem with its line.
public final class PrometheusText {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "summary", "histogram", "untyped");
  private static final List<String> NOT_BASE =
      List.of(
          "_ms",
          "_us",
          "_ns",
          "_milliseconds",
          "_microseconds",
          "_nanoseconds",
          "_minutes",
          "_hours",
          "_days",
          "_kilobytes",
          "_megabytes",
          "_mb",
          "_kb",
          "_percent");

  /// @param labels sorted by name
  public record Sample(String name, Map<String, String> labels, double value) {}

  /// A family: its head and its samples.
  public static final class Family {
    final String name;
    String help = "";
    String type = "";
    final List<Sample> samples = new ArrayList<>();

    Family(String name) {
      this.name = name;
    }

    public List<Sample> samples() {
      return samples;
    }

    public String type() {
      return type;
    }
  }

  private final Map<String, Family> families = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> series = new HashSet<>();

  public PrometheusText(String text) {
    if (!text.endsWith("\n")) {
      problems.add("the last line has no end");
    }
    Family current = null;
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String at = "line " + number + ": ";
      if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
        current = head(line, current, at);
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        sample(line, current, at);
      }
    }
    families.values().forEach(this::whole);
  }

  public List<String> problems() {
    return problems;
  }

  public Map<String, Family> families() {
    return families;
  }

  /// The only sample of this name with these labels among others; fails without.
  public double value(String family, String sample, Map<String, String> labels) {
    Family found = Objects.requireNonNull(families.get(family), () -> "no family " + family);
    List<Sample> fitting =
        found.samples.stream()
            .filter(s -> s.name().equals(sample))
            .filter(s -> s.labels().entrySet().containsAll(labels.entrySet()))
            .toList();
    if (fitting.size() != 1) {
      throw new AssertionError(fitting.size() + " samples " + sample + labels + ", not one");
    }
    return fitting.getFirst().value();
  }

  private Family head(String line, @Nullable Family current, String at) {
    String[] parts = line.split(" ", 4);
    String name = parts[2];
    String rest = parts.length < 4 ? "" : parts[3];
    Family family = current;
    if (family == null || !family.name.equals(name)) {
      family = new Family(name);
      if (families.put(name, family) != null) {
        problems.add(at + name + " begins a second time");
      }
    }
    if (!family.samples.isEmpty()) {
      problems.add(at + "the head of " + name + " comes after its samples");
    }
    if (parts[1].equals("HELP")) {
      if (!family.help.isEmpty()) {
        problems.add(at + name + " has two HELP");
      }
      family.help = rest;
    } else {
      if (!family.type.isEmpty()) {
        problems.add(at + name + " has two TYPE");
      }
      family.type = rest;
    }
    return family;
  }

  private void sample(String line, @Nullable Family family, String at) {
    Matcher m = SAMPLE.matcher(line);
    if (!m.matches()) {
      problems.add(at + "no sample: " + line);
      return;
    }
    String name = m.group(1);
    Map<String, String> labels = labels(m.group(2) == null ? "" : m.group(2), at);
    double value;
    try {
      value =
          switch (m.group(3)) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(m.group(3));
          };
    } catch (NumberFormatException _) {
      problems.add(at + "no number: " + m.group(3));
      return;
    }
    if (family == null || !belongs(name, labels, family)) {
      problems.add(at + name + labels + " does not belong to the family it stands in");
      return;
    }
    if (!series.add(name + labels)) {
      problems.add(at + name + labels + " stands twice");
    }
    if (family.type.equals("counter") && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      problems.add(at + "a counter of " + value);
    }
    family.samples.add(new Sample(name, labels, value));
  }

  private static boolean belongs(String name, Map<String, String> labels, Family family) {
    return switch (family.type) {
      case "summary" ->
          name.equals(family.name + "_count")
              || name.equals(family.name + "_sum")
              || (name.equals(family.name) && labels.containsKey("quantile"));
      case "histogram" ->
          name.equals(family.name + "_count")
              || name.equals(family.name + "_sum")
              || (name.equals(family.name + "_bucket") && labels.containsKey("le"));
      default -> name.equals(family.name);
    };
  }

  private Map<String, String> labels(String text, String at) {
    Map<String, String> labels = new TreeMap<>();
    int done = 0;
    Matcher m = LABEL.matcher(text);
    while (done < text.length() && m.find(done) && m.start() == done) {
      if (labels.put(m.group(1), m.group(2)) != null) {
        problems.add(at + "label " + m.group(1) + " stands twice");
      }
      done = m.end();
    }
    if (done < text.length()) {
      problems.add(at + "no labels: " + text);
    }
    return labels;
  }

  private void whole(Family family) {
    String name = family.name;
    String at = name + ": ";
    if (family.help.isBlank()) {
      problems.add(at + "no HELP");
    }
    if (!TYPES.contains(family.type)) {
      problems.add(at + "no TYPE");
    }
    if (family.samples.isEmpty()) {
      problems.add(at + "no samples");
    }
    if (!NAME.matcher(name).matches()) {
      problems.add(at + "not in lower case with underscores");
    }
    if (family.type.equals("counter") != name.endsWith("_total")) {
      problems.add(
          at + "a " + family.type + " of this name: counters, and only they, end in _total");
    }
    if (family.type.equals("gauge")
        && (name.endsWith("_count") || name.endsWith("_sum") || name.endsWith("_bucket"))) {
      problems.add(at + "a gauge with the name of a histogram's part");
    }
    for (String unit : NOT_BASE) {
      if (name.replaceFirst("_(total|max)$", "").endsWith(unit)) {
        problems.add(at + unit + " is no base unit");
      }
    }
    if (family.type.equals("histogram")) {
      histogram(family);
    }
  }

  private void histogram(Family family) {
    Map<String, Double> last = new LinkedHashMap<>();
    Map<String, Double> bound = new LinkedHashMap<>();
    Map<String, Double> counts = new LinkedHashMap<>();
    for (Sample s : family.samples) {
      Map<String, String> others = new TreeMap<>(s.labels());
      others.remove("le");
      String key = others.toString();
      if (s.name().endsWith("_count")) {
        counts.put(key, s.value());
      } else if (s.name().endsWith("_bucket")) {
        String le = Objects.requireNonNull(s.labels().get("le"));
        double to = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
        if (to <= bound.getOrDefault(key, Double.NEGATIVE_INFINITY)
            || s.value() < last.getOrDefault(key, 0.0)) {
          problems.add(family.name + key + ": bucket " + le + " falls back");
        }
        bound.put(key, to);
        last.put(key, s.value());
      }
    }
    if (!last.equals(counts) || bound.values().stream().anyMatch(b -> b < Double.MAX_VALUE)) {
      problems.add(family.name + ": the last bucket is not +Inf, or is not the count");
    }
  }
}
