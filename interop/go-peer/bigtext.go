package main

import (
	"math/rand"

	"github.com/andeya/erpc/v7/codec"
)

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// bigText is hard to compress, the same for the same size, and has no character that any codec escapes.
func bigText(size int) string {
	random := rand.New(rand.NewSource(int64(size)))
	text := make([]byte, size)
	for i := range text {
		text[i] = letters[random.Intn(len(letters))]
	}
	return string(text)
}

// bigStruct calls a route that changes texts or structs (/text/change, /json/struct/change) with a text of the size given, and
// reports only whether the right one came back, as events should not be big.
func (c *client) bigStruct(given command, message options) error {
	settings, err := message.settings()
	if err != nil {
		return err
	}
	text := bigText(given.Size)
	var body any = &Sample{Text: text, Number: 1, List: []int32{2, 3}}
	if message.Codec == codec.NAME_PLAIN {
		body = text
	}
	go func() {
		result := call(c.session, given.Method, body, settings...)
		received, err := result.text()
		emit("big", fields{
			"id": given.ID, "method": given.Method, "status": describeStatus(result.command.Status()),
			"sent_size": len(text), "received_size": len(received), "equal": received == text+"!",
			"error": errorText(err),
		})
	}()
	return nil
}

// text is the result's text, or that of its struct.
func (o *outcome) text() (string, error) {
	if o.sample != nil {
		return o.sample.Text, nil
	}
	codecID := o.command.InputBodyCodec()
	if codecID == codec.ID_PLAIN {
		return string(o.body), nil
	}
	sample := &Sample{}
	if len(o.body) == 0 {
		return "", nil
	}
	err := codec.Unmarshal(codecID, o.body, sample)
	return sample.Text, err
}
