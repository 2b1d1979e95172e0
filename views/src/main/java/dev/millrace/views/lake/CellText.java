package dev.millrace.views.lake;

import dev.millrace.views.text.Figures;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Types and values of a query's result as people read them. Any thread may call.
final class CellText {

  private CellText() {}

  /// The engine's name of a type, as short as people write it.
  static String type(String type) {
    return switch (type) {
      case "VARCHAR", "STRING" -> "text";
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP" -> "time";
      case "BIGINT", "HUGEINT" -> "bigint";
      case "INTEGER", "INT" -> "int";
      default -> type.toLowerCase(Locale.ROOT);
    };
  }

  static boolean isNumber(String type) {
    return List.of(
                "BIGINT",
                "HUGEINT",
                "INTEGER",
                "INT",
                "SMALLINT",
                "TINYINT",
                "DOUBLE",
                "FLOAT",
                "UBIGINT",
                "UINTEGER",
                "USMALLINT",
                "UTINYINT",
                "UHUGEINT")
            .contains(type)
        || type.startsWith("DECIMAL");
  }

  /// A value as people read it.
  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double d -> number(d);
      case Integer i -> Figures.count(i);
      case Long l -> Figures.count(l);
      case BigInteger i -> String.format(Locale.ENGLISH, "%,d", i);
      case BigDecimal d -> String.format(Locale.ENGLISH, "%,." + Math.max(0, d.scale()) + "f", d);
      case Instant at -> at.toString().replace('T', ' ').replace("Z", "");
      case byte[] bytes -> bytes(bytes);
      default -> value.toString();
    };
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Figures.count((long) value) + ".0";
    }
    double size = Math.abs(value);
    return size >= 1e15 || size < 1e-4
        ? String.format(Locale.ENGLISH, "%.6g", value)
        : String.format(Locale.ENGLISH, "%,.6f", value).replaceFirst("(\\.\\d*?[1-9])0+$", "$1");
  }

  static String bytes(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.chars().anyMatch(c -> c == 0xFFFD || (c < ' ' && c != '\n' && c != '\t'))
        ? HexFormat.of().formatHex(bytes)
        : text;
  }
}
