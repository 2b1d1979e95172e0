package dev.millrace.engine.settings;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.YamlDocument;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The settings of a home: `settings.yaml` in it, which need not exist.
///
/// @param lake where the tables lie
/// @param engine what runs the SQL of transforms
/// @param warehouse which database the Gold tables are loaded into
public record HomeSettings(LakeSettings lake, EngineSettings engine, WarehouseSettings warehouse) {

  /// Where a home's settings stand.
  public static Path file(Home home) {
    return home.root().resolve("settings.yaml");
  }

  /// @throws dev.millrace.engine.error.ProblemsException with every fault in the file
  /// @throws MillraceException `FILE` when it cannot be read
  public static HomeSettings of(Home home) {
    Path file = file(home);
    if (!Files.exists(file)) {
      return new HomeSettings(
          LakeSettings.inHome(home), EngineSettings.DEFAULT, new WarehouseSettings.InHome());
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The settings " + file + " cannot be read: " + e.getMessage(),
          "make the file readable, or move it away to go by the defaults",
          e);
    }
    Faults faults = new Faults();
    Optional<YamlMap> map = YamlDocument.read(file.toString(), bytes, faults);
    map.ifPresent(top -> top.only("lake", "engine", "spark", "warehouse"));
    Optional<LakeSettings> lake =
        map.flatMap(top -> top.optional("lake"))
            .flatMap(YamlValue::map)
            .flatMap(keys -> ReadLakeSettings.read(keys, home));
    EngineSettings engine = map.map(EngineSettings::read).orElse(EngineSettings.DEFAULT);
    Optional<WarehouseSettings> warehouse =
        map.flatMap(top -> top.optional("warehouse"))
            .flatMap(YamlValue::map)
            .flatMap(ReadWarehouseSettings::read);
    faults.refuse(file.toString());
    return new HomeSettings(
        lake.orElseGet(() -> LakeSettings.inHome(home)),
        engine,
        warehouse.orElseGet(WarehouseSettings.InHome::new));
  }

  /// Keys that the home's file says, those of a section behind its name and a dot, for example
  /// `lake.location`; none when there is no file or it is none.
  public static Set<String> keysSaid(Home home) {
    Path file = file(home);
    Set<String> said = new TreeSet<>();
    try {
      Faults faults = new Faults();
      YamlDocument.read(file.toString(), Files.readAllBytes(file), faults)
          .ifPresent(
              top -> {
                for (YamlMap.Entry entry : top.entries()) {
                  said.add(entry.key());
                  if (entry.value().isMap()) {
                    entry
                        .value()
                        .map()
                        .ifPresent(
                            section ->
                                section.keys().forEach(key -> said.add(entry.key() + "." + key)));
                  }
                }
              });
    } catch (IOException _) {
      // Reading the settings themselves tells of it; here nothing is said by them.
      return Set.of();
    }
    return said;
  }
}
