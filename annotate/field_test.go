package annotate

import (
	"strings"
	"testing"
)

// TestOtherFields holds that texts about something else state nothing, whatever
// names and numbers are in them. Each of these once gave facts.
func TestOtherFields(t *testing.T) {
	for _, text := range []string{
		"In December 2013, Birchwood announced a deal with Maple Systems. Birchwood released its open source browser in 1998 and reported revenue of $163 million for 2011.",
		"The Sparrow 3 is reportedly 50% faster than the Sparrow 2. In four years the Sparrow Foundation grew to over sixty employees and 8 million boards.",
		"Ellen Moss showed up at MIT in the summer of 1959. Ellen, who wrote the first guide printed in English, later studied at MIT again.",
		"“It should cost $100 less,” say some people of the Orchard 16. The battery of the Orchard 16 lasts long, as anyone with a four- or five-year-old Orchard knows.",
	} {
		if facts := Annotate([]byte(text), Options{}); len(facts) > 0 {
			t.Errorf("%q states %s %s %v", text, facts[0].Model, facts[0].Attribute, facts[0].Value)
		}
	}
}

// A long page that mentions the field once in a while is about something else;
// a page of the field stays one however long it is.
func TestLongPages(t *testing.T) {
	const aside = "The app Parrot uses a language model with 7B parameters and a chatbot. "
	other := strings.Repeat("You learn fourteen languages by talking to people who speak them at home. ", 200)
	if facts := Annotate([]byte(other+"\n\n"+aside+"\n\nDisadvantages: only 9 languages.\n"), Options{}); len(facts) > 0 {
		t.Errorf("a page about languages states %s %s", facts[0].Model, facts[0].Attribute)
	}
	long := strings.Repeat("The tokenizer and the weights of the language model are on our page, as is its context length. ", 200)
	if facts := Annotate([]byte("Foo-7B is a language model.\n\n"+long+"\n\nFoo-7B was trained on 2T tokens.\n"), Options{}); len(facts) == 0 {
		t.Error("a page about models states nothing")
	}
}
