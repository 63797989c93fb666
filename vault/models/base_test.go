package models

import "testing"

func TestBase(t *testing.T) {
	got, err := Base(schema)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "Models.base", got)
}
