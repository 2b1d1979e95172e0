package dev.millrace.engine.quality.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// The typeface of the product, Inter, for reports.
///
/// @param regular OpenType font
/// @param bold OpenType font
public record ReportFonts(byte[] regular, byte[] bold) {

  /// Where the console's module keeps them on the class path.
  private static final String FOLDER = "/dev/millrace/views/theme/fonts/";

  public ReportFonts {
    regular = regular.clone();
    bold = bold.clone();
  }

  @Override
  public byte[] regular() {
    return regular.clone();
  }

  @Override
  public byte[] bold() {
    return bold.clone();
  }

  /// Those that come with the program; empty where the engine runs without the console's module, in
  /// which case reports use a typeface of the reader.
  public static Optional<ReportFonts> bundled() {
    Optional<byte[]> regular = read("Inter-Regular.otf");
    Optional<byte[]> bold = read("Inter-Bold.otf");
    return regular.flatMap(r -> bold.map(b -> new ReportFonts(r, b)));
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream in = ReportFonts.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
