package dev.millrace.app.fire;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/// Java agent that ends its process at a {@link HaltPoint}, so that the product needs no hook for
/// it.
///
/// The call is woven into the class as it is loaded. A point whose method is no longer there is
/// never passed, and the test that waits for {@link HaltPoint#EXIT} fails.
public final class HaltAgent {

  private static final List<Class<?>> PARTS =
      List.of(
          HaltAgent.class, Weaver.class, Call.class, HaltPoint.class, HaltPoint.Moment.class);

  private static final AtomicInteger PASSINGS = new AtomicInteger();
  private static volatile @Nullable HaltPoint point;

  private HaltAgent() {}

  /// Called by the JVM before `main`.
  public static void premain(String text, Instrumentation instrumentation) {
    HaltPoint wanted = HaltPoint.parse(text);
    point = wanted;
    instrumentation.addTransformer(new Weaver(wanted));
  }

  /// Called from the woven place.
  public static void pass(@Nullable Object about) {
    HaltPoint wanted = point;
    if (wanted != null
        && String.valueOf(about).contains(wanted.about())
        && PASSINGS.incrementAndGet() == wanted.passing()) {
      Runtime.getRuntime().halt(HaltPoint.EXIT);
    }
  }

  /// The option of the JVM that loads the agent from this jar.
  static String option(Path jar, HaltPoint wanted) {
    return "-javaagent:" + jar + "=" + wanted.text();
  }

  /// A jar with what the agent is made of.
  static Path jar(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Premain-Class"), HaltAgent.class.getName());
    Path jar = folder.resolve("halt-agent.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> part : PARTS) {
        String name = part.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(name));
        try (InputStream bytes = HaltAgent.class.getResourceAsStream("/" + name)) {
          Objects.requireNonNull(bytes, name).transferTo(out);
        }
      }
    }
    return jar;
  }

  private record Weaver(HaltPoint wanted) implements ClassFileTransformer {

    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String name,
        @Nullable Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      if (!name.replace('/', '.').equals(wanted.type())) {
        return null;
      }
      ClassFile classes = ClassFile.of();
      return classes.transformClass(
          classes.parse(bytes),
          ClassTransform.transformingMethodBodies(
              method -> method.methodName().equalsString(wanted.method()), new Call(wanted)));
    }
  }

  private record Call(HaltPoint wanted) implements CodeTransform {

    @Override
    public void atStart(CodeBuilder code) {
      if (wanted.moment() == HaltPoint.Moment.ENTRY) {
        call(code);
      }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (wanted.moment() == HaltPoint.Moment.EXIT && element instanceof ReturnInstruction) {
        call(code);
      }
      code.with(element);
    }

    private void call(CodeBuilder code) {
      code.aload(wanted.variable())
          .invokestatic(
              ClassDesc.of(HaltAgent.class.getName()),
              "pass",
              MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object));
    }
  }
}
