package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that was cloned.
 *
 * @param root has the modules in it
 */
record Project(Path root) {

  /** The project that a folder belongs to. */
  static Project around(Path folder) {
    for (var root = folder.toAbsolutePath(); root != null; root = root.getParent()) {
      if (Files.isRegularFile(root.resolve("local-stack/pom.xml"))) {
        return new Project(root);
      }
    }
    throw new BackendException("Run this inside the project's folder, not in " + folder + ".");
  }

  /** An application's jar, as the build leaves it. */
  Path jar(String module) {
    var jar = root.resolve(module).resolve("target").resolve(module + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new BackendException(root.relativize(jar) + " is missing: make build.");
    }
    return jar;
  }

  /** Where runs keep what they need again. */
  Path local() {
    return root.resolve(".local");
  }
}
