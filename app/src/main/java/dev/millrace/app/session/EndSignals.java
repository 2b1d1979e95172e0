package dev.millrace.app.session;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signals by which a person or a supervisor asks a process to end, heard before the JVM shuts
/// down.
///
/// A shutdown hook comes too late for a window: JavaFX has one of its own, which takes the renderer
/// away at the same moment, while the window still draws. `sun.misc.Signal` is called by name, as
/// the compiler has no way to accept it.
public final class EndSignals {

  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");
  private static final Logger LOG = LoggerFactory.getLogger(EndSignals.class);

  private EndSignals() {}

  /// Has the signals run this, each on a thread of its own, instead of shutting the JVM down. A
  /// signal that the JVM or the system keeps for itself shuts it down as ever.
  public static void hear(Runnable asked) {
    NAMES.forEach(name -> hear(name, asked));
  }

  private static void hear(String name, Runnable asked) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object heard =
          Proxy.newProxyInstance(
              EndSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  asked.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), heard);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.debug("{} shuts the JVM down", name, e);
    }
  }
}
