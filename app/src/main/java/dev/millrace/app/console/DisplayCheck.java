package dev.millrace.app.console;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Whether a window can open here, in words where JavaFX has its own.
///
/// Only Linux can lack a display or GTK 3; elsewhere both are part of the system. Drawn in memory,
/// as the system property `glass.platform` may say, a window needs neither.
@SuppressWarnings("restricted")
public final class DisplayCheck {

  private DisplayCheck() {}

  /// That no display is named, or empty; costs a start nothing.
  ///
  /// @param environment the process's environment variables
  static Optional<MillraceException> noDisplay(Map<String, String> environment) {
    boolean named = !environment.getOrDefault("DISPLAY", "").isBlank();
    return named || !needed()
        ? Optional.empty()
        : Optional.of(
            new MillraceException(
                ErrorCode.MACHINE,
                "There is no display: DISPLAY is not set",
                "start it from a desktop session, or run 'millrace demo --headless'"));
  }

  private static boolean needed() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
        && !"Monocle".equals(System.getProperty("glass.platform"));
  }

  /// What stands in the way of a window, or empty. It loads GTK and opens the display: a tenth of a
  /// start, so the console asks only when JavaFX could not.
  ///
  /// @param environment the process's environment variables
  public static Optional<MillraceException> obstacle(Map<String, String> environment) {
    Optional<MillraceException> unnamed = noDisplay(environment);
    if (unnamed.isPresent() || !needed()) {
      return unnamed;
    }
    String display = environment.getOrDefault("DISPLAY", "");
    if (!present("libgtk-3.so.0")) {
      return Optional.of(
          new MillraceException(
              ErrorCode.MACHINE,
              "GTK 3 is not installed (libgtk-3.so.0), and JavaFX draws its windows with it",
              "install it: 'apt-get install libgtk-3-0' or 'dnf install gtk3'"));
    }
    if (!answers()) {
      return Optional.of(
          new MillraceException(
              ErrorCode.MACHINE,
              "The display " + display + " does not answer",
              "check DISPLAY and that you may use it, or run 'millrace demo --headless'"));
    }
    return Optional.empty();
  }

  /// Whether the dynamic linker finds a library.
  public static boolean present(String library) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(library, arena);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean answers() {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup x11 = SymbolLookup.libraryLookup("libX11.so.6", arena);
      Linker linker = Linker.nativeLinker();
      MemorySegment display =
          (MemorySegment)
              linker
                  .downcallHandle(
                      x11.findOrThrow("XOpenDisplay"),
                      FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                  .invokeExact(MemorySegment.NULL);
      if (display.equals(MemorySegment.NULL)) {
        return false;
      }
      int _ =
          (int)
              linker
                  .downcallHandle(
                      x11.findOrThrow("XCloseDisplay"),
                      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                  .invokeExact(display);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    } catch (Throwable t) {
      throw new IllegalStateException("Asking the display failed", t);
    }
  }
}
