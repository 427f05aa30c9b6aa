import "./config.js";
