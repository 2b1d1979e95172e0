package dev.millrace.jpackage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Class files of before Java 6, written anew in a form with stack maps.
///
/// The AOT cache refuses the old form, and the JVM checks it by its old, slow verifier: in picocli,
/// which every start goes through, that is half of the time of a short command.
final class ModernClasses {

  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  /// A class that picocli asks for to know whether Groovy is there. It never is; but that is known
  /// only when all jars have been opened, some 40 ms before the first word is parsed.
  private static final String GROOVY = "groovy.lang.Closure";

  /// Not there either, and in a package of the JDK, of which no jar is asked.
  private static final String NOWHERE = "java.lang.Closure";

  private final ClassFile files;

  /// @param jar where the classes and those they build upon lie
  ModernClasses(ZipFile jar) {
    ClassHierarchyResolver own =
        ClassHierarchyResolver.ofResourceParsing(
            type -> {
              String descriptor = type.descriptorString();
              return stream(jar, descriptor.substring(1, descriptor.length() - 1) + ".class");
            });
    files =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                own.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /// Whether this is a class file of the old form.
  static boolean old(String name, byte[] content) {
    return name.endsWith(".class")
        && content.length > 8
        && (((content[6] & 0xff) << 8) | (content[7] & 0xff)) < FIRST_WITH_STACK_MAPS;
  }

  byte[] rewritten(byte[] content) {
    ClassModel model = files.parse(content);
    ClassTransform version =
        ClassTransform.dropping(ClassFileVersion.class::isInstance)
            .andThen(ClassTransform.endHandler(b -> b.withVersion(ClassFile.JAVA_8_VERSION, 0)))
            // Each instruction by itself, so that no code is taken over without its stack map.
            .andThen(ClassTransform.transformingMethodBodies(ModernClasses::keep));
    return files.transformClass(model, version);
  }

  private static void keep(CodeBuilder code, CodeElement element) {
    if (element instanceof ConstantInstruction constant
        && constant.constantValue().equals(GROOVY)) {
      CodeBuilder _ = code.loadConstant(NOWHERE);
    } else {
      code.with(element);
    }
  }

  private static @Nullable InputStream stream(ZipFile jar, String name) {
    ZipEntry entry = jar.getEntry(name);
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
