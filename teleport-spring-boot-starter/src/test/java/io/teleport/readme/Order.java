package io.teleport.readme;

record Order(long id, String what) {}
