package mojibake

import "sync"

// maxChannels bounds the channels that are kept: a document asks for some
// dozens of them, and most documents for the same ones.
const maxChannels = 256

// channels keeps what newChannel made. Channels do not change.
var channels struct {
	sync.Mutex
	byKey map[string]*channel
}

// channelOf returns the channel of layers, the first misreading first, or nil
// if a layer's encoding is unknown.
func channelOf(layers []Layer) *channel {
	var room [128]byte
	key := room[:0]
	for _, l := range layers {
		for _, s := range [...]string{l.Encoding, l.Lost, l.Case} {
			key = append(append(key, s...), 0)
		}
	}
	channels.Lock()
	c := channels.byKey[string(key)]
	channels.Unlock()
	if c != nil {
		return c
	}
	if c = newChannel(layers); c == nil {
		return nil
	}
	channels.Lock()
	defer channels.Unlock()
	if channels.byKey == nil {
		channels.byKey = make(map[string]*channel)
	}
	for old := range channels.byKey {
		if len(channels.byKey) < maxChannels {
			break
		}
		delete(channels.byKey, old) // some other
	}
	channels.byKey[string(key)] = c
	return c
}
