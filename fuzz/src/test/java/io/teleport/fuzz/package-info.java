/**
 * Coverage-guided fuzzing of everything that reads what another side sent. In an ordinary build each test runs on its seeds only, which are made of the
 * wire vectors; {@code fuzz/run} lets the fuzzer go on from there.
 */
@NullMarked
package io.teleport.fuzz;

import org.jspecify.annotations.NullMarked;
