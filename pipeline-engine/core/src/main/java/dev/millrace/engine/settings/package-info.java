/// What a home says of the world it works in: `settings.yaml`, apart from its pipelines.
@NullMarked
package dev.millrace.engine.settings;

import org.jspecify.annotations.NullMarked;
