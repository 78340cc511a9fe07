@NullMarked
package dev.banking.api.sql;

import org.jspecify.annotations.NullMarked;
