package dev.millrace.engine.quality.pdf;

import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.report.ReportFonts;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;
import org.openpdf.text.Font;
import org.openpdf.text.pdf.BaseFont;

/// Fonts and colours of a printed report.
///
/// @param regular for words
/// @param strong for headings
/// @param even for what is code: letters of one width
record Typeface(BaseFont regular, BaseFont strong, BaseFont even) {

  static final Color INK = new Color(0x1c2330);
  static final Color MUTED = new Color(0x5b6676);
  static final Color LINE = new Color(0xd9dee6);
  static final Color SOFT = new Color(0xf5f7fa);
  static final Color GOOD = new Color(0x1a7f4b);
  static final Color WARN = new Color(0x9a5b00);
  static final Color BAD = new Color(0xb3261e);
  static final Color SHADE = new Color(0xf2b880);
  static final Color ACCENT = new Color(0x2457d6);

  /// Our fonts, embedded; without them the ones every reader has.
  static Typeface of(Optional<ReportFonts> fonts) {
    try {
      BaseFont even = BaseFont.createFont(BaseFont.COURIER, BaseFont.CP1252, false);
      if (fonts.isPresent()) {
        return new Typeface(
            embedded("Inter-Regular.otf", fonts.get().regular()),
            embedded("Inter-Bold.otf", fonts.get().bold()),
            even);
      }
      return new Typeface(
          BaseFont.createFont(BaseFont.HELVETICA, BaseFont.CP1252, false),
          BaseFont.createFont(BaseFont.HELVETICA_BOLD, BaseFont.CP1252, false),
          even);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BaseFont embedded(String name, byte[] bytes) throws IOException {
    return BaseFont.createFont(name, BaseFont.IDENTITY_H, true, false, bytes, null);
  }

  static Color tone(boolean success, Consequence worst) {
    return success ? GOOD : worst.compareTo(Consequence.STOP_LOAD) >= 0 ? BAD : WARN;
  }

  /// A light colour that is the deeper the greater a share is.
  ///
  /// @param share 0 to 1
  static Color shade(double share) {
    double part = Math.clamp(share, 0, 1);
    return new Color(
        mixed(SHADE.getRed(), part), mixed(SHADE.getGreen(), part), mixed(SHADE.getBlue(), part));
  }

  private static int mixed(int deepest, double part) {
    return (int) Math.round(255 + (deepest - 255) * part);
  }

  Font title() {
    return new Font(strong, 22, Font.NORMAL, INK);
  }

  Font score(Color tone) {
    return new Font(strong, 32, Font.NORMAL, tone);
  }

  Font verdict(Color tone) {
    return new Font(strong, 16, Font.NORMAL, tone);
  }

  Font heading() {
    return new Font(strong, 16, Font.NORMAL, INK);
  }

  Font figure() {
    return new Font(strong, 14, Font.NORMAL, INK);
  }

  Font section() {
    return new Font(strong, 11, Font.NORMAL, INK);
  }

  Font bold() {
    return bold(INK);
  }

  Font bold(Color color) {
    return new Font(strong, 9.5f, Font.NORMAL, color);
  }

  Font text() {
    return text(INK);
  }

  Font text(Color color) {
    return new Font(regular, 9.5f, Font.NORMAL, color);
  }

  Font small() {
    return small(MUTED);
  }

  Font small(Color color) {
    return new Font(regular, 9, Font.NORMAL, color);
  }

  /// For code; letters that the font of even width does not have are shown in that for words.
  Font code(String code) {
    boolean plain = Charset.forName("windows-1252").newEncoder().canEncode(code);
    return new Font(plain ? even : regular, 8, Font.NORMAL, INK);
  }

  Font tiny() {
    return new Font(regular, 7.5f, Font.NORMAL, MUTED);
  }
}
