// What godotenv sees in each text of a JSON array.
package main

import (
	"encoding/json"
	"os"

	"github.com/joho/godotenv"
)

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	sights := []any{}
	for _, text := range texts {
		values, err := godotenv.Unmarshal(text)
		if err != nil {
			sights = append(sights, map[string]string{"error": err.Error()})
			continue
		}
		sights = append(sights, map[string]any{"values": values})
	}
	if err := json.NewEncoder(os.Stdout).Encode(sights); err != nil {
		panic(err)
	}
}
