package render

import "strings"

// functions are the names that TeX has commands for.
var functions = wordSet(`sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln exp lim max min sup inf det dim gcd arg ker
deg hom limsup liminf`)

// accents are the commands for signs over or under a letter.
var accents = map[string]string{
	"^": `\hat`, "ˆ": `\hat`, "~": `\tilde`, "˜": `\tilde`, "¯": `\bar`, "‾": `\overline`, "_": `\underline`, "→": `\vec`, "⃗": `\vec`,
	"˙": `\dot`, ".": `\dot`, "¨": `\ddot`, "⏞": `\overbrace`, "⏟": `\underbrace`, "ˇ": `\check`, "˘": `\breve`,
}

// commands are TeX's names for characters.
var commands = func() map[rune]string {
	m := map[rune]string{}
	for pair := range strings.FieldsSeq(`α:alpha β:beta γ:gamma δ:delta ϵ:epsilon ε:varepsilon ζ:zeta η:eta θ:theta ϑ:vartheta ι:iota κ:kappa
λ:lambda μ:mu ν:nu ξ:xi π:pi ϖ:varpi ρ:rho ϱ:varrho σ:sigma ς:varsigma τ:tau υ:upsilon φ:varphi ϕ:phi χ:chi ψ:psi ω:omega Γ:Gamma
Δ:Delta Θ:Theta Λ:Lambda Ξ:Xi Π:Pi Σ:Sigma Υ:Upsilon Φ:Phi Ψ:Psi Ω:Omega ∑:sum ∏:prod ∫:int ∬:iint ∭:iiint ∮:oint ∐:coprod ∞:infty
∂:partial ∇:nabla ∀:forall ∃:exists ∄:nexists ∅:emptyset ∈:in ∉:notin ∋:ni ⊂:subset ⊃:supset ⊆:subseteq ⊇:supseteq ∪:cup ∩:cap
∖:setminus ∧:land ∨:lor ¬:neg ≤:leq ≥:geq ≠:neq ≈:approx ≡:equiv ≅:cong ∼:sim ≃:simeq ∝:propto ≪:ll ≫:gg ≺:prec ≻:succ ×:times ÷:div
·:cdot ⋅:cdot ∗:ast ⋆:star ∘:circ ∙:bullet ±:pm ∓:mp ⊕:oplus ⊗:otimes ⊙:odot ⊥:perp ∥:parallel ∣:mid →:to ←:leftarrow ↔:leftrightarrow
⇒:Rightarrow ⇐:Leftarrow ⇔:Leftrightarrow ↦:mapsto ⟶:longrightarrow ⟹:Longrightarrow ↑:uparrow ↓:downarrow ⟨:langle ⟩:rangle ⌈:lceil
⌉:rceil ⌊:lfloor ⌋:rfloor ‖:Vert …:ldots ⋯:cdots ⋮:vdots ⋱:ddots ℓ:ell ℏ:hbar ℜ:Re ℑ:Im ℵ:aleph ′:prime †:dagger ∠:angle △:triangle
⊢:vdash ⊨:models ⊤:top √:surd ℝ:mathbb{R} ℕ:mathbb{N} ℤ:mathbb{Z} ℚ:mathbb{Q} ℂ:mathbb{C} 𝔼:mathbb{E} ℒ:mathcal{L} ℋ:mathcal{H}`) {
		sign, name, _ := strings.Cut(pair, ":")
		for _, r := range sign {
			m[r] = name
		}
	}
	return m
}()
