module github.com/clipmend/clipmend/bench/detect

go 1.26.0

require (
	github.com/clipmend/clipmend v0.0.0
	github.com/gogs/chardet v0.0.0-20211120154057-b7413eaefb8f
	github.com/saintfish/chardet v0.0.0-20230101081208-5e3ef4b5456d
	github.com/wlynxg/chardet v1.0.5
	golang.org/x/net v0.62.0
	golang.org/x/text v0.43.0
)

replace github.com/clipmend/clipmend => ../..
