package dev.millrace.app.fire;

import java.util.List;

/// A place in the engine's code at which a worker process ends, as `kill -9` would end it there.
///
/// @param fault for people
/// @param type class, with dots
/// @param method each method of this name
/// @param moment whether before the method's first step or after its last
/// @param variable number of the local variable that says what the call is about: 0 is `this`, or a
///   static method's first parameter
/// @param about text that the variable's value must hold
/// @param passing the how manieth passing ends the process, from 1
record HaltPoint(
    String fault,
    String type,
    String method,
    Moment moment,
    int variable,
    String about,
    int passing) {

  /// Exit code of a process that ended here.
  static final int EXIT = 86;

  enum Moment {
    ENTRY,
    EXIT
  }

  String text() {
    return String.join(
        "#", type, method, moment.name(), "" + variable, about, Integer.toString(passing));
  }

  static HaltPoint parse(String text) {
    List<String> parts = List.of(text.split("#", -1));
    return new HaltPoint(
        "",
        parts.get(0),
        parts.get(1),
        Moment.valueOf(parts.get(2)),
        Integer.parseInt(parts.get(3)),
        parts.get(4),
        Integer.parseInt(parts.get(5)));
  }
}
