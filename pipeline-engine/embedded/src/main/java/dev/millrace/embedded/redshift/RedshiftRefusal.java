package dev.millrace.embedded.redshift;

/// Something Redshift does not do, in its words.
final class RedshiftRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private final String state;
  private final String text;
  private final String detail;

  RedshiftRefusal(String state, String text, String detail) {
    super(text);
    this.state = state;
    this.text = text;
    this.detail = detail;
  }

  RedshiftRefusal(String state, String text) {
    this(state, text, "");
  }

  static RedshiftRefusal syntax(String near) {
    return new RedshiftRefusal("42601", "syntax error at or near \"" + near + "\"");
  }

  static RedshiftRefusal unsupported(String text) {
    return new RedshiftRefusal("0A000", text);
  }

  /// As a COPY that could not read a file tells it.
  static RedshiftRefusal scan(String context) {
    return internal("Spectrum Scan Error", 15001, context);
  }

  static RedshiftRefusal internal(String error, int code, String context) {
    return new RedshiftRefusal(
        "XX000", error, "error: %s\n  code: %d\n  context: %s".formatted(error, code, context));
  }

  /// SQLSTATE.
  String state() {
    return state;
  }

  String text() {
    return text;
  }

  /// Empty when there is none.
  String detail() {
    return detail;
  }
}
