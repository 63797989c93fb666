package annotate

import (
	"strings"
	"testing"
)

// The texts below are full of names, versions, sizes and scores, and say
// nothing of AI models.
var traps = map[string]string{
	"recipe":             "# Apple Cake 2.0\n\nMix 250 g of flour with 3 eggs and 100 ml of milk. The Large version needs 500 g. Bake at 180 °C for 45 minutes, about 20% longer than the Classic. Based on Grandma's Apple Cake, it was first published in May 2019.",
	"phone":              "The Nova X20 Pro has 12 GB of memory, a 5000 mAh battery and a 6.7 inch display. It costs $899 and was released on 3 March 2024. It outperforms the Nova X19 by 30% and is comparable to the Orbit 15 Max.",
	"film":               "“Harbour Lights 2” was released in December 2022 by Bluestone Pictures. Trained dogs play the main parts. With a budget of $45 million it scored 78% among critics, better than Harbour Lights (64%).",
	"sports":             "Rovers beat United 3-1 on Saturday. Trained by Ana Sousa since 2021, the team has scored 45 goals in 20 matches, more than City. Keeper Leo Brandt, 1.95 m, saved 83.5% of the shots.",
	"physics":            "The ALFA-3 detector recorded 14.8 billion collisions at 13.6 TeV in 65 days. The standard model has 19 free parameters; the extended model has 26 parameters. Results agree with LEP to 0.1%.",
	"finance":            "Orion Holdings reported revenue of $1.2 billion for Q3 2023, up 14%. The base model of its risk department uses 12 parameters. Shares fell 5.6% after the CEO said that 7B of debt is due in May 2025.",
	"release notes":      "## Version 3.2.1\n\n- Released on 2024-05-06 under the MIT license.\n- Supports FP16 and BF16 on A100 GPUs.\n- Fixed a crash when more than 128K tokens are in the parser's buffer.\n- 2.4x faster than version 3.1.",
	"hardware review":    "The Titan RX 9000 has 24 GB of memory and reaches 82.6 TFLOPS in FP16. It beats the Titan RX 8000 by 40% and costs $1,599. We tested it with 64 games; power was 350 W.",
	"cars":               "The Falcon 7 has 250 horsepower and a range of 500 km. The Base and Ultra versions were launched in April 2023. The Falcon 7 outperforms the Mistral GT in our test of 12 cars.",
	"biology":            "The genome of the marsh frog holds 6.8 billion bases. Gene MLA-2 has 3 variants; the large variant is 340 kb long. In 2019 the team sequenced 16 samples with an accuracy of 99.2%.",
	"history":            "In 1863 the Gemini company built two ships, Gemini 1 and Gemini 2, of 700 tons each. The ships were trained upon by 120 sailors. They were sold in 1871 for 45,000 dollars.",
	"weather":            "The ECM model and the GFS model agree on Friday's storm. Version 16 of the GFS, released in March 2021, has 127 layers and a resolution of 13 km. It is better than the old one by 8%.",
	"statistics":         "We fit a linear model with 12 parameters and a mixed model with 45 parameters to the data of 3,400 people. Model A reached 81.2% accuracy, Model B 79.8%. The base model was fitted in R 4.2.",
	"library":            "# fastcsv\n\nA library for reading CSV. It is licensed under Apache 2.0 and supports Python 3.8. Compared with pandas it is 7x faster on files of 10 GB. Version 2.0 was released in June 2023.",
	"privacy":            "By using the Service you accept version 2.1 of these terms, last changed on 1 January 2024. The Service is provided by Acme Inc. under a proprietary license and in English and German.",
	"housing":            "Der Markt in Berlin wuchs um 7 %. Modell A kostet 1,2 Mio. Euro, Modell B 900.000 Euro. Die Version XL wurde im Mai 2023 vorgestellt.",
	"news in Chinese":    "2023年5月，该公司发布了新款电动车，售价30万元，续航700公里。公司去年营收120亿元，员工约5万人。与上一代相比，性能提升了20%，超过特斯拉。",
	"recipe in Chinese":  "取面粉500克，鸡蛋3个，烤箱180度烤45分钟。这款蛋糕比去年的版本好吃得多，适合6到8人食用。",
	"teaching":           "The course was developed by MIT in 2019 and is available in English, Spanish and Chinese. It has 12 parts of 3 hours; 85% of the students passed, 5% more than in 2018.",
	"space":              "Phi-2 is a moon of 40 km. The probe Whisper 1, launched in 2031, will carry 16 experts' instruments and cost 1.5 billion dollars. Its clock is better than that of Whisper 0.",
	"a table of cars":    "| Model | Power | Price ($) | Released |\n|---|---|---|---|\n| Falcon 7 | 250 | 45,000 | 2023-04 |\n| Mistral GT | 310 | 61,000 | 2022-11 |\n",
	"a table of players": "| Name | Score | Accuracy |\n|---|---|---|\n| A. Brandt | 78.5 | 91.2 |\n| L. Moss | 64.0 | 88.1 |\n",
	"scraps":             "7B 13B 70B\n\n1.5T\n\n- [ ] buy 2 TB disk\n- [x] call Llama farm, 3 pm\n\nGPT-4? no.",
}

// TestTraps holds that ordinary texts state nothing.
func TestTraps(t *testing.T) {
	for name, text := range traps {
		if facts := Annotate([]byte(text), Options{}); len(facts) > 0 {
			t.Errorf("%s:\n%s", name, strings.Join(lines(facts), "\n"))
		}
	}
}

// TestToolsAreNoModels holds that what is said of software for models is not
// said of the models that it names: one fact at most of each text.
func TestToolsAreNoModels(t *testing.T) {
	for name, text := range map[string]string{
		"server":     "# quickserve\n\nAn inference server for large language models. It supports Llama 3, Qwen2.5 and Mistral, quantization to INT4 and INT8, context lengths of up to 128K tokens and tensor parallelism on A100 and H100 GPUs. Version 0.6.3 was released on 2024-10-14 under the Apache 2.0 license.",
		"library":    "# trainkit\n\nA library for training transformers. We support models with up to 175B parameters, mixture of experts, FP8, BF16, SFT, DPO and LoRA. With 64 GPUs a 7B model trains at 4,000 tokens per second.",
		"data":       "# TextPile\n\nA dataset of 2.4 trillion tokens in 40 languages for training language models. It is released under CC BY 4.0. We removed duplicates with MinHash; 65% of the data is English.",
		"benchmark":  "# HardBench\n\nA benchmark for language models with 1,200 questions in English and Chinese. The evaluation takes 3 hours on 8 A100 GPUs. The code is open source (MIT license).",
		"tokenizer":  "The tokenizer has a vocabulary of 128K tokens and was trained on 40 GB of text. It compresses Chinese text 30% better than the one before it, at 2 million tokens per second.",
		"scaling":    "We study how the loss of language models depends on parameters and tokens. Models of 70M to 16B parameters are trained on 5B to 500B tokens. For a model of 10B parameters the best number of tokens is 205B.",
		"hypothesis": "If a language model had 100 trillion parameters, it would need 2,000 trillion tokens. Future models may use sparse attention. Nobody has trained one yet.",
	} {
		if facts := Annotate([]byte(text), Options{}); len(facts) > 1 {
			t.Errorf("%s:\n%s", name, strings.Join(lines(facts), "\n"))
		}
	}
}
