// The hostile and valid presentations of tests/vectors, judged by the shipped module.
import { test } from "node:test";

test.todo("tests/vectors through the shipped module");
