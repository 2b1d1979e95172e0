package dev.millrace.jpackage;

/// What an installer says of Millrace.
final class Words {

  static final String SHORT = "Operations console for event pipelines";

  static final String LONG =
      """
      Millrace runs event pipelines from sensors to the warehouse: a stream from
      Kafka into Delta tables, their transforms, quality checks and loads. A Kafka
      broker and a PostgreSQL server are part of it, so that nothing else has to be
      installed. Everything can also be done from the command line.
      """;

  static final String COPYRIGHT = "Millrace developers, Apache-2.0";

  private Words() {}
}
