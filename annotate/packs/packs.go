// Package packs holds the data files that say what a fact is in a domain.
package packs
