package annotate

// language is what the engine knows of English and Chinese, for any domain.
var language = []struct {
	class   class
	value   string
	phrases []string
}{
	{pronoun, "", []string{"it", "they", "its", "their", "它", "它们", "其", "该", "本"}},
	{negation, "", []string{
		"not", "no", "never", "n't", "without", "neither", "nor", "cannot", "t", "lacks", "lack", "lacking", "instead of", "rather than",
		"没有", "不是", "并非", "未", "无", "不", "不采用", "不使用", "不支持", "而不是", "尚未", "从未", "并未", "没", "放弃",
	}},
	{hedge, "", []string{
		"about", "around", "approximately", "approx", "roughly", "nearly", "almost", "over", "more than", "at least", "up to", "some", "less than", "under",
		"estimated", "reportedly", "rumo(u|)red", "allegedly", "believed", "said to", "~", "≈", "∼", "～", "circa", "estimates", "we estimate",
		"约", "大约", "近", "超", "超过", "超过了", "逾", "左右", "据报道", "据传", "据称", "据爆料", "估计", "可能", "至少", "将近", "接近", "高达", "多达", "爆料", "传闻",
	}},
	{crowd, "", []string{
		"other", "existing", "previous", "prior", "most", "many", "several", "some", "any", "all", "leading", "various", "similar", "comparable", "strong", "popular", "both",
		"state-of-the-art", "among", "best", "these", "such", "numerous", "few", "competing", "few",
		"其他", "其它", "多个", "多款", "多种", "几个", "若干", "大多", "大部分", "同", "现有", "众多", "一些", "部分", "同类", "同规模", "主流", "所有", "最强", "各", "多家", "一系列",
	}},
	{like, "", []string{"like", "such as", "including", "e.g.", "namely", "called", "named", "如", "例如", "比如", "包括", "即", "诸如", "分别是", "名为"}},
	{than, "", []string{"than", "compared (to|with)", "relative to", "over", "against", "versus", "vs", "相比", "相比于", "相较于", "相较", "对比", "比", "较", "in comparison (to|with)", "unlike", "not like"}},
	{break_, "", []string{"while", "whereas", "but", "although", "though", "however", "while the", "而", "但", "但是", "然而", "相比之下", "at which", "where", "which", "who", "that"}},
	{is, "", []string{"is", "are", "was", "were", "是", "为", "has become", "became"}},
	{article, "", []string{"a", "an", "our", "its", "the first", "一个", "一款", "一种", "the"}},
	{future, "", []string{"will", "plan to", "plans to", "would", "if", "could", "future", "将", "计划", "如果", "即将", "to be", "upcoming", "soon", "may be"}},
}
