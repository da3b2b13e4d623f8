// A Gin service as its user would write it: a route, a middleware that counts and times requests, a registration in
// Consul. Arguments: its port, the agent's address.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var pong = []byte(`{"message":"pong"}`)

// The same meters and buckets as the other service's.
var (
	answered = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "http_requests_total",
		Help: "Requests answered",
	}, []string{"method", "endpoint", "code"})
	durations = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "http_request_duration_seconds",
		Help:    "Time from the request to its answer",
		Buckets: []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10},
	}, []string{"method", "endpoint"})
	inFlight = promauto.NewGauge(prometheus.GaugeOpts{
		Name: "http_requests_in_flight",
		Help: "Requests that are being answered",
	})
)

func meters(c *gin.Context) {
	start := time.Now()
	inFlight.Inc()
	c.Next()
	inFlight.Dec()
	method, endpoint := c.Request.Method, c.FullPath()
	durations.WithLabelValues(method, endpoint).Observe(time.Since(start).Seconds())
	answered.WithLabelValues(method, endpoint, strconv.Itoa(c.Writer.Status())).Inc()
}

func register(port, agent string) {
	body := fmt.Sprintf(`{"Name": "gin", "ID": "gin-%s", "Address": "127.0.0.1", "Port": %s, "Tags": ["metrics"],
		"Check": {"HTTP": "http://127.0.0.1:%s/ping", "Interval": "1s"}}`, port, port, port)
	request, err := http.NewRequest(http.MethodPut, agent+"/v1/agent/service/register", strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	answer.Body.Close()
}

func main() {
	port, agent := os.Args[1], os.Args[2]
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery())
	router.GET("/metrics", gin.WrapH(promhttp.Handler()))
	router.Use(meters)
	router.GET("/ping", func(c *gin.Context) { c.Data(http.StatusOK, "application/json; charset=utf-8", pong) })
	go register(port, agent)
	log.Fatal(router.Run("127.0.0.1:" + port))
}
